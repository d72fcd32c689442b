//! Several relations to one table, one-to-one relations, and rows that reference a row.

mod entities;

use drf::prelude::*;
use drf::sea_orm::{EntityTrait, QueryOrder};
use drf::serializers;
use drf::testing::APIClient;
use drf_tests::engines::{Database, Engine};
use drf_tests::on_each_engine;
use serde_json::{Value, json};

use entities::{article, author, folder, game, old_folder, person, reviewer, stadium, team};

#[serializer(entity = game::Entity)]
pub struct GameSerializer {
    pub id: i64,
    pub home: PrimaryKeyRelated<team::Entity>,
    #[field(slug_field = name)]
    pub away: Option<SlugRelated<team::Entity>>,
    #[field(source = home.name)]
    pub home_name: String,
    #[field(source = away.stadium.city)]
    pub away_city: Option<Option<String>>,
}

#[model_viewset(
    serializer = GameSerializer,
    filterset_fields(home, away, home.name, away.name),
    search_fields(home.name, away.name),
    ordering_fields(home.name, away.name, home),
)]
#[permission(AllowAny)]
pub struct GameViewSet;

#[serializer(entity = game::Entity)]
pub struct LinkedGameSerializer {
    #[field(view_name = "team-detail")]
    pub home: HyperlinkedRelated<team::Entity>,
    #[field(view_name = "team-detail")]
    pub away: Option<HyperlinkedRelated<team::Entity>>,
}

#[model_viewset(serializer = LinkedGameSerializer)]
#[permission(AllowAny)]
pub struct LinkedGameViewSet;

#[serializer(entity = game::Entity, depth = 1)]
pub struct DeepGameSerializer {
    pub home: PrimaryKeyRelated<team::Entity>,
    pub away: Option<PrimaryKeyRelated<team::Entity>>,
}

#[read_only_model_viewset(serializer = DeepGameSerializer)]
#[permission(AllowAny)]
pub struct DeepGameViewSet;

#[serializer(entity = game::Entity)]
pub struct HomeGame {
    pub away: Option<PrimaryKeyRelated<team::Entity>>,
}

#[serializer(entity = team::Entity)]
pub struct TeamSerializer {
    pub id: i64,
    pub name: String,
    #[field(nested(write = replace))]
    pub home_games: Vec<HomeGame>,
    #[field(required = false)]
    pub away_games: Vec<PrimaryKeyRelated<game::Entity>>,
    pub stadium: Option<PrimaryKeyRelated<stadium::Entity>>,
    #[field(source = stadium.city)]
    pub city: Option<String>,
}

#[model_viewset(
    serializer = TeamSerializer,
    filterset_fields(stadium, stadium.city, away_games, home_games),
    search_fields(name, stadium.city),
    ordering_fields(stadium.city),
    ordering(id)
)]
#[permission(AllowAny)]
pub struct TeamViewSet;

#[serializer(entity = stadium::Entity)]
pub struct StadiumItem {
    pub city: String,
}

#[serializer(entity = team::Entity)]
pub struct NestedTeam {
    pub id: i64,
    #[field(nested, read_only)]
    pub stadium: Option<StadiumItem>,
}

#[model_viewset(serializer = NestedTeam, actions(list, retrieve))]
#[permission(AllowAny)]
pub struct NestedTeamViewSet;

#[serializer(entity = stadium::Entity)]
pub struct StadiumSerializer {
    pub team: PrimaryKeyRelated<team::Entity>,
    pub city: String,
}

#[model_viewset(serializer = StadiumSerializer, filterset_fields(team))]
#[permission(AllowAny)]
pub struct StadiumViewSet;

#[serializer(entity = folder::Entity)]
pub struct Leaf {
    pub name: String,
}

#[serializer(entity = folder::Entity)]
pub struct Branch {
    pub name: String,
    #[field(nested(write = replace), required = false)]
    pub children: Vec<Leaf>,
}

#[serializer(entity = folder::Entity)]
pub struct FolderSerializer {
    pub id: i64,
    pub name: String,
    pub parent: Option<PrimaryKeyRelated<folder::Entity>>,
    #[field(source = parent.parent.name)]
    pub grandparent: Option<Option<String>>,
    #[field(nested(write = replace), required = false)]
    pub children: Vec<Branch>,
}

#[model_viewset(
    serializer = FolderSerializer,
    filterset_fields(parent, parent.parent, children.children.name),
    search_fields(parent.parent.name),
    ordering(id),
)]
#[permission(AllowAny)]
pub struct FolderViewSet;

#[serializer(
    entity = old_folder::Entity,
    relations(
        parent = Option<old_folder::Entity>,
        parent.parent = Option<old_folder::Entity>,
        children(entity = [old_folder::Entity], relation = old_folder::Relation::Above),
    ),
)]
pub struct OldFolderSerializer {
    pub id: i64,
    pub name: String,
    pub parent: Option<PrimaryKeyRelated<old_folder::Entity>>,
    #[field(source = parent.parent.name)]
    pub grandparent: Option<Option<String>>,
    #[field(required = false)]
    pub children: Vec<PrimaryKeyRelated<old_folder::Entity>>,
}

#[model_viewset(serializer = OldFolderSerializer, ordering(id))]
#[permission(AllowAny)]
pub struct OldFolderViewSet;

#[serializer(
    entity = article::Entity,
    relations(
        created_by = person::Entity,
        changed_by = Option<person::Entity>,
        last_editor(entity = Option<person::Entity>, relation = article::Relation::Editor),
        authors(entity = [person::Entity], through(author::Relation::Article, author::Relation::Person)),
        reviewers(entity = [person::Entity], through(reviewer::Relation::Article, reviewer::Relation::Person)),
    ),
)]
pub struct ArticleSerializer {
    pub id: i64,
    pub title: String,
    pub created_by: PrimaryKeyRelated<person::Entity>,
    pub changed_by: Option<PrimaryKeyRelated<person::Entity>>,
    #[field(slug_field = name, read_only)]
    pub last_editor: Option<SlugRelated<person::Entity>>,
    #[field(allow_empty)]
    pub authors: Vec<PrimaryKeyRelated<person::Entity>>,
    #[field(slug_field = name)]
    pub reviewers: Vec<SlugRelated<person::Entity>>,
}

#[model_viewset(
    serializer = ArticleSerializer,
    relations(
        created_by = person::Entity,
        editor = Option<person::Entity>,
        reviewers(entity = [person::Entity], through(reviewer::Relation::Article, reviewer::Relation::Person)),
    ),
    filterset_fields(created_by, editor, reviewers),
)]
#[permission(AllowAny)]
pub struct ArticleViewSet;

/// Names relations that its entity does not declare, or of which it declares several.
#[serializer(
    entity = article::Entity,
    relations(
        owner = person::Entity,
        readers = [person::Entity],
        home = team::Entity,
        host(entity = team::Entity, relation = article::Relation::Editor),
        links(entity = [person::Entity], through(author::Relation::Person, author::Relation::Article)),
    ),
)]
pub struct Undecided {
    #[field(read_only)]
    pub owner: PrimaryKeyRelated<person::Entity>,
    #[field(read_only)]
    pub readers: Vec<PrimaryKeyRelated<person::Entity>>,
    #[field(read_only)]
    pub home: PrimaryKeyRelated<team::Entity>,
    #[field(read_only)]
    pub host: PrimaryKeyRelated<team::Entity>,
    #[field(read_only)]
    pub links: Vec<PrimaryKeyRelated<person::Entity>>,
}

#[read_only_model_viewset(serializer = Undecided)]
pub struct UndecidedViewSet;

#[tokio::test]
async fn a_name_that_does_not_decide_is_an_error_of_the_build() {
    let db = drf::connect("sqlite::memory:").await.expect("a database in memory");
    let api = SimpleRouter::new().register::<UndecidedViewSet>("articles");
    let errors = api.mount("/", &App::new(Settings::default(), db)).expect_err("mistakes");
    let errors: Vec<_> = errors.iter().collect();
    let owner = "`Undecided`: field `owner`: several relations of `article` lead to `person` (`CreatedBy`, `Editor`) and none has the name `owner`: name the one: `relations(owner(entity = person::Entity, relation = article::Relation::..))`";
    let readers = "`Undecided`: field `readers`: `article` declares no relation to many rows of `person` for `readers`: name it: `relations(readers(entity = [person::Entity], relation = article::Relation::..))`, or its join table: `relations(readers(entity = [person::Entity], through(join_table::Relation::.., join_table::Relation::..)))`";
    let home = "`Undecided`: field `home`: `article` declares no relation to one row of `team` for `home`: name it: `relations(home(entity = team::Entity, relation = article::Relation::..))`";
    let host = "`Undecided`: field `host`: the relation `Editor` does not lead from `article` to `team`";
    let links =
        "`Undecided`: field `links`: no join table leads from `article` to `person` by these relations";
    assert_eq!(errors, [owner, readers, home, host, links]);
}

async fn client(database: &Database) -> APIClient {
    database.create_table(team::Entity).await;
    database.create_table(game::Entity).await;
    database.create_table(stadium::Entity).await;
    database.create_table(folder::Entity).await;
    database.create_table(person::Entity).await;
    database.create_table(article::Entity).await;
    database.create_table(author::Entity).await;
    database.create_table(reviewer::Entity).await;
    let api = DefaultRouter::new()
        .register::<GameViewSet>("games")
        .register_as::<LinkedGameViewSet>("linked-games", "linked-game")
        .register_as::<DeepGameViewSet>("deep-games", "deep-game")
        .register::<TeamViewSet>("teams")
        .register_as::<NestedTeamViewSet>("nested-teams", "nested-team")
        .register::<StadiumViewSet>("stadiums")
        .register::<FolderViewSet>("folders")
        .register_as::<OldFolderViewSet>("old-folders", "old-folder")
        .register::<ArticleViewSet>("articles");
    let app = App::new(Settings::default(), database.db.clone());
    APIClient::new(api.mount("/", &app).expect("viewsets without mistakes"))
}

async fn sent(client: &APIClient, method: &str, path: &str, body: Value) -> (u16, Value) {
    let body = body.to_string();
    let answer = match method {
        "POST" => client.post(path, body).await,
        "PUT" => client.put(path, body).await,
        "PATCH" => client.patch(path, body).await,
        "DELETE" => client.delete(path).await,
        _ => client.get(path).await,
    };
    (answer.status.as_u16(), if answer.text().is_empty() { Value::Null } else { answer.json() })
}

async fn got(client: &APIClient, path: &str) -> Value {
    let (status, body) = sent(client, "GET", path, Value::Null).await;
    assert_eq!(status, 200, "{path}: {body}");
    body
}

/// The values of a field in a list.
async fn each(client: &APIClient, path: &str, field: &str) -> Vec<Value> {
    let list = got(client, path).await;
    list.as_array().expect("a list").iter().map(|row| row[field].clone()).collect()
}

async fn teams(database: &Database, count: usize) {
    for (id, name) in (1..=count).zip(["Ajax", "Brno", "Celtic", "Derby"]) {
        database.execute(&format!("INSERT INTO team (name) VALUES ('{name}')")).await;
        let city = format!("INSERT INTO stadium (team_id, city) VALUES ({id}, '{name} city')");
        if id != 2 {
            database.execute(&city).await;
        }
    }
}

on_each_engine! {
    async fn two_keys_to_one_table_are_told_apart(database: Database) {
        let client = client(&database).await;
        teams(&database, 4).await;
        let (status, game) = sent(&client, "POST", "/games/", json!({"home": 1, "away": "Brno"})).await;
        let expected = json!({"id": 1, "home": 1, "away": "Brno", "home_name": "Ajax", "away_city": null});
        assert_eq!((status, &game), (201, &expected));
        assert_eq!(got(&client, "/games/1/").await, expected);
        let (status, game) = sent(&client, "PATCH", "/games/1/", json!({"away": "Celtic"})).await;
        assert_eq!((status, &game["home"], &game["away"], &game["away_city"]),
            (200, &json!(1), &json!("Celtic"), &json!("Celtic city")));
        let (status, game) = sent(&client, "PUT", "/games/1/", json!({"home": 2, "away": null})).await;
        assert_eq!((status, &game["home"], &game["away"]), (200, &json!(2), &Value::Null));
        let (status, errors) = sent(&client, "POST", "/games/", json!({"home": 9, "away": "Nobody"})).await;
        assert_eq!(status, 400);
        assert_eq!(errors, json!({
            "home": ["Invalid pk \"9\" - object does not exist."],
            "away": ["Object with name=Nobody does not exist."],
        }));

        for body in [json!({"home": 3, "away": "Ajax"}), json!({"home": 1, "away": "Derby"})] {
            assert_eq!(sent(&client, "POST", "/games/", body).await.0, 201);
        }
        assert_eq!(each(&client, "/games/?home=1", "id").await, [3]);
        assert_eq!(each(&client, "/games/?away=1", "id").await, [2]);
        assert_eq!(each(&client, "/games/?away__name=Derby", "id").await, [3]);
        assert_eq!(each(&client, "/games/?home__name=Derby", "id").await, Vec::<Value>::new());
        assert_eq!(each(&client, "/games/?search=ajax", "id").await, [2, 3]);
        assert_eq!(each(&client, "/games/?search=brno", "id").await, [1]);
        assert_eq!(each(&client, "/games/?ordering=home__name", "id").await, [3, 1, 2]);
        assert_eq!(each(&client, "/games/?ordering=-home", "id").await, [2, 1, 3]);

        let linked = got(&client, "/linked-games/3/").await;
        assert_eq!(linked, json!({"home": "http://testserver/teams/1/", "away": "http://testserver/teams/4/"}));
        let body = json!({"home": "/teams/4/", "away": "http://testserver/teams/2/"});
        let (status, linked) = sent(&client, "PUT", "/linked-games/3/", body).await;
        assert_eq!(status, 200);
        assert_eq!(linked, json!({"home": "http://testserver/teams/4/", "away": "http://testserver/teams/2/"}));
        assert_eq!(got(&client, "/deep-games/3/").await,
            json!({"home": {"id": 4, "name": "Derby"}, "away": {"id": 2, "name": "Brno"}}));
    }

    async fn two_reverse_relations_to_one_table_are_told_apart(database: Database) {
        let client = client(&database).await;
        teams(&database, 3).await;
        let body = json!({"name": "New", "home_games": [{"away": 1}, {"away": 2}]});
        let (status, new) = sent(&client, "POST", "/teams/", body).await;
        let expected = json!({
            "id": 4, "name": "New", "home_games": [{"away": 1}, {"away": 2}], "away_games": [],
            "stadium": null, "city": null,
        });
        assert_eq!((status, &new), (201, &expected));
        assert_eq!(each(&client, "/teams/", "away_games").await, [json!([1]), json!([2]), json!([]), json!([])]);
        assert_eq!(each(&client, "/teams/?away_games=2", "id").await, [2]);
        assert_eq!(each(&client, "/teams/?home_games=2", "id").await, [4]);
        let (status, new) = sent(&client, "PATCH", "/teams/4/", json!({"home_games": [{"away": 3}]})).await;
        assert_eq!((status, &new["home_games"]), (200, &json!([{"away": 3}])), "{new}");
        assert_eq!(each(&client, "/games/", "home").await, [4]);
    }

    async fn a_row_without_its_other_half_is_there(database: Database) {
        let client = client(&database).await;
        teams(&database, 3).await;
        assert_eq!(each(&client, "/teams/", "stadium").await, [json!(1), json!(null), json!(3)]);
        assert_eq!(each(&client, "/teams/", "city").await, [json!("Ajax city"), json!(null), json!("Celtic city")]);
        assert_eq!(got(&client, "/teams/2/").await["stadium"], Value::Null);
        assert_eq!(each(&client, "/teams/?search=brno", "id").await, [2]);
        assert_eq!(each(&client, "/teams/?search=ajax+city", "id").await, [1]);
        assert_eq!(each(&client, "/teams/?stadium=3", "id").await, [3]);
        assert_eq!(each(&client, "/teams/?stadium__city=Ajax+city", "id").await, [1]);
        let ordered = each(&client, "/teams/?ordering=stadium__city", "id").await;
        assert_eq!(ordered.len(), 3, "{ordered:?}");
        assert_eq!(each(&client, "/nested-teams/", "stadium").await,
            [json!({"city": "Ajax city"}), json!(null), json!({"city": "Celtic city"})]);
        assert_eq!(got(&client, "/nested-teams/2/").await, json!({"id": 2, "stadium": null}));
        let (status, patched) = sent(&client, "PATCH", "/teams/2/", json!({"name": "Brno 2"})).await;
        assert_eq!((status, &patched["name"], &patched["city"]), (200, &json!("Brno 2"), &Value::Null));
    }

    /// As in Django, where the database compares.
    async fn a_slug_is_compared_by_the_collation_of_its_column(database: Database) {
        let client = client(&database).await;
        teams(&database, 3).await;
        for (name, found) in [("Brno", true), ("BRNO", false), ("brnó", false), ("nobody", false)] {
            let (status, game) = sent(&client, "POST", "/games/", json!({"home": 1, "away": name})).await;
            match found || (database.engine == Engine::Mysql && name != "nobody") {
                true => assert_eq!((status, &game["away"]), (201, &json!("Brno")), "{name}: {game}"),
                false => {
                    let message = format!("Object with name={name} does not exist.");
                    assert_eq!((status, game), (400, json!({"away": [message]})));
                }
            }
        }
    }

    async fn a_job_serializes_rows_as_a_request_does(database: Database) {
        let client = client(&database).await;
        teams(&database, 3).await;
        let (status, _) = sent(&client, "POST", "/games/", json!({"home": 1, "away": "Brno"})).await;
        assert_eq!(status, 201);
        let db = Connection::new(&database.db).await.expect("the types of the columns");
        let teams = || team::Entity::find().order_by_asc(team::Column::Id);
        let listed = serializers::serialize::<TeamSerializer>(teams(), &db).await.expect("a list");
        assert_eq!(serde_json::from_str::<Value>(&listed).expect("JSON"), got(&client, "/teams/").await);
        let first = teams().one(&database.db).await.expect("a table").expect("a row");
        let shown = serializers::represent::<TeamSerializer>(&first, &db).await.expect("a row");
        assert_eq!(serde_json::from_str::<Value>(&shown).expect("JSON"), got(&client, "/teams/1/").await);
        // a link begins with the host of a request
        let games = game::Entity::find();
        let error = serializers::serialize::<LinkedGameSerializer>(games, &db).await.expect_err("a link");
        assert!(error.to_string().contains("`home`: a link needs a request"), "{error}");
        let gone = team::Model { id: 99, name: "Ajax".to_owned() };
        let error = serializers::represent::<TeamSerializer>(&gone, &db).await.expect_err("no row");
        assert!(matches!(error, Error::Api(error) if error.status == StatusCode::NOT_FOUND));
    }

    async fn a_foreign_key_that_is_the_primary_key_is_written(database: Database) {
        let client = client(&database).await;
        teams(&database, 3).await;
        let (status, stadium) = sent(&client, "POST", "/stadiums/", json!({"team": 2, "city": "Brno"})).await;
        assert_eq!((status, stadium), (201, json!({"team": 2, "city": "Brno"})));
        assert_eq!(got(&client, "/stadiums/2/").await, json!({"team": 2, "city": "Brno"}));
        assert_eq!(each(&client, "/stadiums/?team=2", "city").await, ["Brno"]);
        let (status, errors) = sent(&client, "POST", "/stadiums/", json!({"team": 2, "city": "Other"})).await;
        assert_eq!((status, errors), (400, json!({"team": ["stadium with this team already exists."]})));
        let (status, errors) = sent(&client, "POST", "/stadiums/", json!({"city": "Other"})).await;
        assert_eq!((status, errors), (400, json!({"team": ["This field is required."]})));
        let (status, errors) = sent(&client, "POST", "/stadiums/", json!({"team": 9, "city": "Other"})).await;
        assert_eq!((status, errors), (400, json!({"team": ["Invalid pk \"9\" - object does not exist."]})));
        let (status, stadium) = sent(&client, "PUT", "/stadiums/2/", json!({"team": 2, "city": "B"})).await;
        assert_eq!((status, stadium), (200, json!({"team": 2, "city": "B"})));
    }

    async fn a_table_references_itself_to_any_depth(database: Database) {
        let client = client(&database).await;
        let tree = json!({"name": "a", "children": [{"name": "b", "children": [{"name": "c"}, {"name": "d"}]}]});
        let (status, root) = sent(&client, "POST", "/folders/", tree).await;
        let expected = json!({
            "id": 1, "name": "a", "parent": null, "grandparent": null,
            "children": [{"name": "b", "children": [{"name": "c"}, {"name": "d"}]}],
        });
        assert_eq!((status, &root), (201, &expected));
        assert_eq!(got(&client, "/folders/1/").await, expected);
        let (status, leaf) = sent(&client, "POST", "/folders/", json!({"name": "e", "parent": 3})).await;
        let expected = json!({"id": 5, "name": "e", "parent": 3, "grandparent": "b", "children": []});
        assert_eq!((status, leaf), (201, expected));
        assert_eq!(each(&client, "/folders/?parent=2", "name").await, ["c", "d"]);
        assert_eq!(each(&client, "/folders/?parent__parent=1", "name").await, ["c", "d"]);
        assert_eq!(each(&client, "/folders/?children__children__name=d", "name").await, ["a"]);
        assert_eq!(each(&client, "/folders/?search=b", "name").await, ["e"]);

        let old = got(&client, "/old-folders/3/").await;
        assert_eq!(old, json!({"id": 3, "name": "c", "parent": 2, "grandparent": "a", "children": [5]}));
        let (status, old) =
            sent(&client, "PATCH", "/old-folders/3/", json!({"parent": 1, "children": [4]})).await;
        assert_eq!(status, 200, "{old}");
        assert_eq!(old, json!({"id": 3, "name": "c", "parent": 1, "grandparent": null, "children": [4]}));
        assert_eq!(each(&client, "/old-folders/", "parent").await,
            [json!(null), json!(1), json!(1), json!(3), json!(null)]);
    }

    async fn relations_of_the_old_format_are_told_apart(database: Database) {
        let client = client(&database).await;
        for name in ["ann", "bob", "cyd"] {
            database.execute(&format!("INSERT INTO person (name) VALUES ('{name}')")).await;
        }
        let body = json!({"title": "t", "created_by": 1, "changed_by": 2, "authors": [1, 2], "reviewers": ["cyd"]});
        let (status, article) = sent(&client, "POST", "/articles/", body).await;
        let expected = json!({
            "id": 1, "title": "t", "created_by": 1, "changed_by": 2, "last_editor": "bob",
            "authors": [1, 2], "reviewers": ["cyd"],
        });
        assert_eq!((status, &article), (201, &expected));
        assert_eq!(got(&client, "/articles/1/").await, expected);
        let (status, article) =
            sent(&client, "PATCH", "/articles/1/", json!({"authors": [3], "reviewers": ["ann", "bob"]})).await;
        assert_eq!((status, &article["authors"], &article["reviewers"]),
            (200, &json!([3]), &json!(["ann", "bob"])));
        assert_eq!(each(&client, "/articles/?created_by=1", "id").await, [1]);
        assert_eq!(each(&client, "/articles/?editor=2", "id").await, [1]);
        assert_eq!(each(&client, "/articles/?editor=1", "id").await, Vec::<Value>::new());
        assert_eq!(each(&client, "/articles/?reviewers=2", "id").await, [1]);
        assert_eq!(each(&client, "/articles/?reviewers=3", "id").await, Vec::<Value>::new());
    }
}
