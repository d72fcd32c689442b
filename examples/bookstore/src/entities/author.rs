use drf::prelude::*;
use drf::sea_orm;
use drf::sea_orm::entity::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Choices)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))")]
pub enum Role {
    #[sea_orm(string_value = "writer")]
    Writer,
    #[sea_orm(string_value = "editor")]
    Editor,
    #[sea_orm(string_value = "critic")]
    Critic,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "store_author")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique, column_type = "String(StringLen::N(150))")]
    pub username: String,
    #[sea_orm(default_value = "", column_type = "String(StringLen::N(254))")]
    pub email: String,
    #[sea_orm(default_value = "writer")]
    pub role: Role,
    #[sea_orm(has_many, via = "book_author")]
    pub books: HasMany<super::book::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
