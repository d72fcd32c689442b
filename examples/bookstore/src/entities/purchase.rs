use drf::authentication::models::user;
use drf::sea_orm;
use drf::sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "store_purchase")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "Integer", default_value = 1)]
    pub quantity: i64,
    pub book_id: i64,
    pub purchaser_id: i32,
    #[sea_orm(belongs_to, from = "book_id", to = "id")]
    pub book: BelongsTo<super::book::Entity>,
    #[sea_orm(belongs_to, from = "purchaser_id", to = "id")]
    pub purchaser: BelongsTo<user::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
