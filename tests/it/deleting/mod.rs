//! What becomes of the rows that reference a deleted row.

use drf::prelude::*;
use drf::sea_orm::{ConnectionTrait, EntityTrait, Statement};
use drf::testing::APIClient;
use drf_tests::engines::{Database, Engine};

use entities::{author, book, chair, desk, loan, node, quote, review, tag, ticket, visit};

/// How the database guards its foreign keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Guard {
    /// At each statement
    Immediate,
    /// At the commit, as in the databases of Django; MariaDB cannot
    Deferred,
    /// Not at all
    None,
}

const GUARDS: [Guard; 3] = [Guard::Immediate, Guard::Deferred, Guard::None];

/// A table, its column of text, and its foreign keys with the tables that they reference.
type Table = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// None of the foreign keys has a rule in the database.
const TABLES: [Table; 13] = [
    ("author", "name", &[]),
    ("tag", "name", &[]),
    ("desk", "name", &[]),
    ("book", "title", &[("author_id", "author")]),
    ("review", "text", &[("book_id", "book")]),
    ("quote", "text", &[("review_id", "review")]),
    ("loan", "reader", &[("book_id", "book")]),
    ("book_tag", "", &[("book_id", "book"), ("tag_id", "tag")]),
    ("node", "name", &[("parent_id", "node")]),
    ("ticket", "text", &[("desk_id", "desk")]),
    ("visit", "text", &[("desk_id", "desk")]),
    ("chair", "text", &[("desk_id", "desk")]),
    ("secret", "text", &[("author_id", "author")]),
];

async fn create_tables(database: &Database, guard: Guard) {
    for (table, _, _) in TABLES.iter().rev() {
        database.execute(&format!("DROP TABLE IF EXISTS {table}")).await;
    }
    let id = match database.engine {
        Engine::Sqlite => "id integer PRIMARY KEY AUTOINCREMENT",
        Engine::Postgres => "id bigserial PRIMARY KEY",
        Engine::Mysql => "id bigint PRIMARY KEY AUTO_INCREMENT",
    };
    for (table, text, keys) in TABLES {
        let mut columns = vec![id.to_owned()];
        columns.extend((!text.is_empty()).then(|| format!("{text} varchar(40) NOT NULL DEFAULT ''")));
        columns.extend(keys.iter().map(|(key, _)| format!("{key} bigint")));
        let deferred = if guard == Guard::Deferred { " DEFERRABLE INITIALLY DEFERRED" } else { "" };
        for (key, to) in keys.iter().filter(|_| guard != Guard::None) {
            columns.push(format!("FOREIGN KEY ({key}) REFERENCES {to} (id){deferred}"));
        }
        database.execute(&format!("CREATE TABLE {table} ({})", columns.join(", "))).await;
    }
    for rows in [
        "author (id, name) VALUES (1, 'a'), (2, 'b')",
        "tag (id, name) VALUES (1, 't'), (2, 'u')",
        "book (id, title, author_id) VALUES (1, 'x', 1), (2, 'y', 1), (3, 'z', 2)",
        "review (id, text, book_id) VALUES (1, 'r', 1), (2, 's', 1), (3, 'q', 3)",
        "quote (id, text, review_id) VALUES (1, 'c', 1), (2, 'd', 3), (3, 'e', NULL)",
        "book_tag (id, book_id, tag_id) VALUES (1, 1, 1), (2, 1, 2), (3, 3, 1)",
        "desk (id, name) VALUES (1, 'd'), (2, 'e')",
        "ticket (id, text, desk_id) VALUES (1, 'k', 2), (2, 'l', 1)",
        "node (id, name, parent_id) VALUES (1, 'root', NULL), (2, 'left', 1), (3, 'right', 1), (4, 'leaf', 3), (5, 'other', NULL)",
    ] {
        database.execute(&format!("INSERT INTO {rows}")).await;
    }
    if database.engine == Engine::Postgres {
        database.execute("SELECT setval(pg_get_serial_sequence('book', 'id'), 100)").await;
    }
}

/// Runs a check with each way in which the engine can guard foreign keys.
async fn with_each_guard<F: Future<Output = ()>>(database: &Database, check: impl Fn(APIClient, Guard) -> F) {
    for guard in GUARDS {
        if guard == Guard::Deferred && database.engine == Engine::Mysql {
            continue;
        }
        create_tables(database, guard).await;
        check(client(database), guard).await;
    }
}

fn client(database: &Database) -> APIClient {
    let app = App::new(Settings::default(), database.db.clone());
    APIClient::new(router().mount("", &app).expect("viewsets without mistakes"))
}

/// The ids of the rows of a table.
async fn ids(database: &Database, table: &str) -> Vec<i64> {
    numbers(database, &format!("SELECT id FROM {table} ORDER BY id")).await.into_iter().flatten().collect()
}

async fn numbers(database: &Database, sql: &str) -> Vec<Option<i64>> {
    let statement = Statement::from_string(database.db.get_database_backend(), sql);
    let rows = database.db.query_all_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.iter().map(|row| row.try_get_by_index(0).expect("a number")).collect()
}

macro_rules! viewset {
    ($serializer:ident, $viewset:ident, $hooked:ident, $entity:ident { $($field:ident: $kind:ty),* }) => {
        #[serializer(entity = $entity::Entity)]
        struct $serializer {
            $($field: $kind,)*
        }

        #[model_viewset(serializer = $serializer)]
        #[permission(AllowAny)]
        struct $viewset;

        #[model_viewset(serializer = $serializer, perform_destroy = destroy::<$entity::Entity>)]
        #[permission(AllowAny)]
        struct $hooked;
    };
}

mod entities;
mod keys;
mod nested;
mod rules;
mod unknown;

async fn destroy<E>(_request: &Request, row: Destroy<'_, E>) -> Result<()>
where
    E: EntityTrait<ActiveModel: Send>,
    E::Model: drf::sea_orm::IntoActiveModel<E::ActiveModel>,
{
    row.delete().await
}

viewset!(AuthorSerializer, AuthorViewSet, HookedAuthorViewSet, author { name: String });
viewset!(BookSerializer, BookViewSet, HookedBookViewSet, book { title: String, author: PrimaryKeyRelated<author::Entity> });
viewset!(ReviewSerializer, ReviewViewSet, HookedReviewViewSet, review { text: String, book_id: i64 });
viewset!(QuoteSerializer, QuoteViewSet, HookedQuoteViewSet, quote { text: String });
viewset!(LoanSerializer, LoanViewSet, HookedLoanViewSet, loan { reader: String, book_id: i64 });
viewset!(TagSerializer, TagViewSet, HookedTagViewSet, tag { name: String });
viewset!(NodeSerializer, NodeViewSet, HookedNodeViewSet, node { name: String });
viewset!(DeskSerializer, DeskViewSet, HookedDeskViewSet, desk { name: String });
viewset!(TicketSerializer, TicketViewSet, HookedTicketViewSet, ticket { text: String });
viewset!(VisitSerializer, VisitViewSet, HookedVisitViewSet, visit { text: String, desk_id: i64 });
viewset!(ChairSerializer, ChairViewSet, HookedChairViewSet, chair { text: String, desk_id: i64 });

/// The rule of the viewset counts more than that of the entity.
#[model_viewset(serializer = BookSerializer, cascade(loans))]
#[permission(AllowAny)]
struct ClearedBookViewSet;

#[actions]
impl AuthorViewSet {
    /// Deletes a row of another entity.
    #[action(list, methods(DELETE))]
    async fn first_book(request: &Request) -> Result<Response> {
        let book =
            book::Entity::find_by_id(1).one(request.db()).await?.ok_or_else(APIException::not_found)?;
        Destroy::<book::Entity>::new(request, book, request.db_for_write()).delete().await?;
        Ok(Response::no_content())
    }
}

fn router() -> SimpleRouter {
    SimpleRouter::new()
        .register_as::<AuthorViewSet>("authors", "author")
        .register_as::<HookedAuthorViewSet>("hooked-authors", "hooked-author")
        .register_as::<BookViewSet>("books", "book")
        .register_as::<HookedBookViewSet>("hooked-books", "hooked-book")
        .register_as::<ClearedBookViewSet>("cleared-books", "cleared-book")
        .register_as::<ReviewViewSet>("reviews", "review")
        .register_as::<QuoteViewSet>("quotes", "quote")
        .register_as::<LoanViewSet>("loans", "loan")
        .register_as::<TagViewSet>("tags", "tag")
        .register_as::<HookedTagViewSet>("hooked-tags", "hooked-tag")
        .register_as::<NodeViewSet>("nodes", "node")
        .register_as::<HookedNodeViewSet>("hooked-nodes", "hooked-node")
        .register_as::<DeskViewSet>("desks", "desk")
        .register_as::<HookedDeskViewSet>("hooked-desks", "hooked-desk")
        .register_as::<TicketViewSet>("tickets", "ticket")
        .register_as::<VisitViewSet>("visits", "visit")
        .register_as::<ChairViewSet>("chairs", "chair")
        .register_as::<nested::WritingAuthorViewSet>("writing-authors", "writing-author")
        .register_as::<nested::TaggedBookViewSet>("tagged-books", "tagged-book")
}
