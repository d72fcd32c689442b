use drf::prelude::*;
use drf::sea_orm;
use drf::sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "store_publisher")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique, column_type = "String(StringLen::N(64))")]
    pub name: String,
    #[sea_orm(default_value = "", column_type = "String(StringLen::N(128))")]
    pub address: String,
    pub create_time: DateTimeUtc,
    pub update_time: DateTimeUtc,
    #[sea_orm(has_many)]
    pub books: HasMany<super::book::Entity>,
}

#[async_trait::async_trait]
impl ActiveModelBehavior for ActiveModel {
    /// Django's `auto_now_add` and `auto_now`.
    async fn before_save<C: ConnectionTrait>(mut self, _db: &C, insert: bool) -> Result<Self, DbErr> {
        let now = Utc::now();
        if insert {
            self.create_time = Set(now);
        }
        self.update_time = Set(now);
        Ok(self)
    }
}

impl std::fmt::Display for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}
