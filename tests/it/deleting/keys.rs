//! Other keys than an integer of the row itself.

use drf_tests::on_each_engine;

use super::*;

mod folder {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "folder")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub parent_id: Option<Uuid>,
        #[sea_orm(unique, column_type = "String(StringLen::N(40))")]
        pub code: String,
        #[sea_orm(
            self_ref,
            relation_enum = "Parent",
            relation_reverse = "Children",
            from = "parent_id",
            to = "id",
            on_delete = "Cascade"
        )]
        pub parent: BelongsTo<Option<Entity>>,
        #[sea_orm(self_ref, relation_enum = "Children", relation_reverse = "Parent")]
        pub children: HasMany<Entity>,
        #[sea_orm(has_one)]
        pub cover: HasOne<super::cover::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// One to one: its primary key is the foreign key.
mod cover {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "cover")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub folder_id: Uuid,
        #[sea_orm(column_type = "String(StringLen::N(40))")]
        pub color: String,
        #[sea_orm(belongs_to, from = "folder_id", to = "id", on_delete = "Cascade")]
        pub folder: BelongsTo<super::folder::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// References another column than the primary key.
mod paper {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "paper")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "String(StringLen::N(40))")]
        pub folder_code: String,
        #[sea_orm(belongs_to, from = "folder_code", to = "code", on_delete = "Cascade")]
        pub folder: BelongsTo<super::folder::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

viewset!(FolderSerializer, FolderViewSet, HookedFolderViewSet, folder { id: Uuid, code: String });
viewset!(CoverSerializer, CoverViewSet, HookedCoverViewSet, cover { folder_id: Uuid, color: String });
viewset!(PaperSerializer, PaperViewSet, HookedPaperViewSet, paper { folder_code: String });

const ROOT: &str = "11111111-1111-4111-8111-111111111111";
const CHILD: &str = "22222222-2222-4222-8222-222222222222";
const OTHER: &str = "33333333-3333-4333-8333-333333333333";

/// Creates tables as Django does: UUIDs are `char(32)` where the engine has no type.
async fn create_folders(database: &Database) -> APIClient {
    let (kind, form): (_, fn(&str) -> String) = match database.engine {
        Engine::Postgres => ("uuid", str::to_owned),
        _ => ("char(32)", |uuid| uuid.replace('-', "")),
    };
    for table in ["paper", "cover", "folder"] {
        database.execute(&format!("DROP TABLE IF EXISTS {table}")).await;
    }
    for table in [
        format!("folder (id {kind} PRIMARY KEY, parent_id {kind}, code varchar(40) NOT NULL UNIQUE, FOREIGN KEY (parent_id) REFERENCES folder (id))"),
        format!("cover (folder_id {kind} PRIMARY KEY, color varchar(40) NOT NULL, FOREIGN KEY (folder_id) REFERENCES folder (id))"),
        "paper (id integer PRIMARY KEY, folder_code varchar(40) NOT NULL, FOREIGN KEY (folder_code) REFERENCES folder (code))".to_owned(),
    ] {
        database.execute(&format!("CREATE TABLE {table}")).await;
    }
    let (root, child, other) = (form(ROOT), form(CHILD), form(OTHER));
    for rows in [
        format!("folder (id, parent_id, code) VALUES ('{root}', NULL, 'a'), ('{other}', NULL, 'c')"),
        format!("folder (id, parent_id, code) VALUES ('{child}', '{root}', 'b')"),
        format!("cover (folder_id, color) VALUES ('{child}', 'red'), ('{other}', 'blue')"),
        "paper (id, folder_code) VALUES (1, 'a'), (2, 'b'), (3, 'c')".to_owned(),
    ] {
        database.execute(&format!("INSERT INTO {rows}")).await;
    }
    let router = SimpleRouter::new()
        .register_as::<FolderViewSet>("folders", "folder")
        .register_as::<HookedFolderViewSet>("hooked-folders", "hooked-folder")
        .register_as::<CoverViewSet>("covers", "cover")
        .register_as::<PaperViewSet>("papers", "paper");
    let app = App::new(Settings::default(), database.db.clone());
    APIClient::new(router.mount("", &app).expect("viewsets without mistakes"))
}

on_each_engine! {
    async fn rows_depend_on_uuids_and_on_other_columns(database: Database) {
        for path in ["folders", "hooked-folders"] {
            let client = create_folders(&database).await;
            let answer = client.delete(&format!("/{path}/{ROOT}/")).await;
            assert_eq!(answer.status, 204, "{}", answer.text());
            assert_eq!(numbers(&database, "SELECT count(*) FROM folder").await, [Some(1)]);
            assert_eq!(numbers(&database, "SELECT count(*) FROM cover").await, [Some(1)]);
            assert_eq!(numbers(&database, "SELECT count(*) FROM paper WHERE id = 3").await, [Some(1)]);
            assert_eq!(numbers(&database, "SELECT count(*) FROM paper").await, [Some(1)]);
        }
    }

    async fn links_with_a_key_of_both_columns_go_with_the_row(database: Database) {
        create_tables(&database, Guard::Immediate).await;
        database.execute("DROP TABLE book_tag").await;
        database.execute(
            "CREATE TABLE book_tag (book_id bigint NOT NULL, tag_id bigint NOT NULL, PRIMARY KEY (book_id, tag_id), \
             FOREIGN KEY (book_id) REFERENCES book (id), FOREIGN KEY (tag_id) REFERENCES tag (id))",
        ).await;
        database.execute("INSERT INTO book_tag (book_id, tag_id) VALUES (1, 1), (1, 2), (3, 1)").await;
        let client = client(&database);
        assert_eq!(client.delete("/tags/1/").await.status, 204);
        assert_eq!(numbers(&database, "SELECT tag_id FROM book_tag").await, [Some(2)]);
        assert_eq!(client.delete("/authors/1/").await.status, 204);
        assert_eq!(numbers(&database, "SELECT count(*) FROM book_tag").await, [Some(0)]);
    }
}
