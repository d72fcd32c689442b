use drf::authentication::models::user;
use drf::prelude::*;
use drf::sea_orm;
use drf::sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "store_review")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub rating: i32,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub created: DateTimeUtc,
    pub book_id: i64,
    pub owner_id: i32,
    #[sea_orm(belongs_to, from = "book_id", to = "id")]
    pub book: BelongsTo<super::book::Entity>,
    #[sea_orm(belongs_to, from = "owner_id", to = "id")]
    pub owner: BelongsTo<user::Entity>,
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
