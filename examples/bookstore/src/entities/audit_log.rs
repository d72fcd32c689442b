use drf::prelude::*;
use drf::sea_orm;
use drf::sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "store_auditlog")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "String(StringLen::N(8))")]
    pub method: String,
    #[sea_orm(column_type = "String(StringLen::N(255))")]
    pub uri: String,
    #[sea_orm(default_value = "", column_type = "String(StringLen::N(255))")]
    pub query_string: String,
    #[sea_orm(default_value = "", column_type = "String(StringLen::N(150))")]
    pub username: String,
    #[sea_orm(column_type = "Char(Some(39))")]
    pub remote_ip: Option<String>,
    pub body: Option<Json>,
    pub status_code: i32,
    pub created: DateTimeUtc,
}

#[async_trait::async_trait]
impl ActiveModelBehavior for ActiveModel {
    /// Django's `auto_now_add`.
    async fn before_save<C: ConnectionTrait>(mut self, _db: &C, insert: bool) -> Result<Self, DbErr> {
        if insert {
            self.created = Set(Utc::now());
        }
        Ok(self)
    }
}
