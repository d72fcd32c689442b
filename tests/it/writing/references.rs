//! Rows that reference the row that is written: Django's `set()` of a reverse foreign key.

use drf_tests::on_each_engine;

use super::*;

pub mod team {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "team")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "String(StringLen::N(64))")]
        pub name: String,
        #[sea_orm(has_many)]
        pub players: HasMany<super::player::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod player {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "player")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub team_id: Option<i64>,
        #[sea_orm(belongs_to, from = "team_id", to = "id")]
        pub team: BelongsTo<Option<super::team::Entity>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = team::Entity)]
pub struct TeamSerializer {
    pub id: i64,
    pub name: String,
    #[field(allow_empty)]
    pub players: Vec<PrimaryKeyRelated<player::Entity>>,
}

#[model_viewset(serializer = TeamSerializer)]
#[permission(AllowAny)]
struct TeamViewSet;

async fn teams(database: &Database) -> APIClient {
    let schema = Schema::new(database.db.get_database_backend());
    for statement in
        [schema.create_table_from_entity(team::Entity), schema.create_table_from_entity(player::Entity)]
    {
        database.db.execute(&statement).await.expect("a table");
    }
    database.execute("INSERT INTO team (name) VALUES ('a'), ('b')").await;
    database.execute("INSERT INTO player (team_id) VALUES (1), (1), (2), (NULL)").await;
    client_on(SimpleRouter::new().register_as::<TeamViewSet>("teams", "team"), database.db.clone())
}

async fn team_of(database: &Database, player: i64) -> Option<i64> {
    let player = player::Entity::find_by_id(player).one(&database.db).await.expect("an answer");
    player.expect("a player").team_id
}

on_each_engine! {
    async fn rows_that_are_left_out_are_set_to_null(database: Database) {
        let client = teams(&database).await;
        let answer = client.patch("/teams/1/", json!({"players": [2, 3]}).to_string()).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (200, json!({"id": 1, "name": "a", "players": [2, 3]})));
        let mut teams = Vec::new();
        for player in 1..=4 {
            teams.push(team_of(&database, player).await);
        }
        assert_eq!(teams, [None, Some(1), Some(1), None]);
    }

    /// In either order, the player ends up in the second team.
    async fn a_row_that_moves_meanwhile_keeps_its_move(database: Database) {
        let client = teams(&database).await;
        for _ in 0..25 {
            database.execute("UPDATE player SET team_id = 1 WHERE id = 1").await;
            let answers = at_once(
                &client,
                [
                    ("PATCH", "/teams/1/".to_owned(), json!({"players": []})),
                    ("PATCH", "/teams/2/".to_owned(), json!({"players": [1]})),
                ],
            )
            .await;
            assert_eq!(count(&answers, 200, &[]), 2);
            assert_eq!(team_of(&database, 1).await, Some(2));
        }
    }
}
