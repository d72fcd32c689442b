//! Tables whose keys are UUIDs, related in every way.

pub mod entities;

use drf::axum::Router;
use drf::prelude::*;
use drf::sea_orm::{ConnectionTrait, DatabaseConnection, Schema};

use entities::{badge, member, member_badge, team};

#[serializer(entity = team::Entity)]
pub struct TeamSerializer {
    pub id: Uuid,
    pub name: String,
    #[field(nested, read_only)]
    pub members: Vec<MemberItem>,
}

#[serializer(entity = member::Entity)]
pub struct MemberItem {
    pub id: Uuid,
    #[field(slug_field = id)]
    pub badges: Vec<SlugRelated<badge::Entity, Uuid>>,
}

#[serializer(entity = member::Entity)]
pub struct MemberSerializer {
    pub id: Uuid,
    pub name: String,
    pub team: Option<PrimaryKeyRelated<team::Entity>>,
    #[field(source = team.name)]
    pub team_name: Option<String>,
    #[field(allow_empty)]
    pub badges: Vec<PrimaryKeyRelated<badge::Entity>>,
}

#[model_viewset(serializer = TeamSerializer)]
#[permission(AllowAny)]
pub struct TeamViewSet;

#[model_viewset(serializer = MemberSerializer, bulk_create, filterset_fields(team, badges), cascade(badges))]
#[permission(AllowAny)]
pub struct MemberViewSet;

#[serializer(entity = badge::Entity)]
pub struct BadgeSerializer {
    pub id: Uuid,
}

#[model_viewset(serializer = BadgeSerializer, bulk_create)]
#[permission(AllowAny)]
pub struct BadgeViewSet;

/// The API on a database, in tables that nobody else uses.
pub async fn router(db: DatabaseConnection) -> Router {
    let schema = Schema::new(db.get_database_backend());
    for table in ["member_badge", "member", "badge", "team"] {
        let sql = format!("DROP TABLE IF EXISTS {table}");
        db.execute_unprepared(&sql).await.expect("a table that can be dropped");
    }
    let statements = [
        schema.create_table_from_entity(team::Entity),
        schema.create_table_from_entity(badge::Entity),
        schema.create_table_from_entity(member::Entity),
        schema.create_table_from_entity(member_badge::Entity),
    ];
    for statement in &statements {
        db.execute(statement).await.expect("a table");
    }
    mount(db)
}

/// The API on a database that has the tables.
pub fn mount(db: DatabaseConnection) -> Router {
    let api = SimpleRouter::new()
        .register::<TeamViewSet>("teams")
        .register::<BadgeViewSet>("badges")
        .register::<MemberViewSet>("members");
    api.mount("/", &App::new(Settings { max_list_items: 100_000, ..Settings::default() }, db))
        .expect("viewsets without mistakes")
}
