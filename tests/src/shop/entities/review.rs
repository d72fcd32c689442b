//! In the format that sea-orm had before 2.0: relations have no fields.

use drf::sea_orm;
use drf::sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub text: String,
    pub stars: i32,
    pub book_id: i64,
    pub owner_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::book::Entity", from = "Column::BookId", to = "super::book::Column::Id")]
    Book,
}

impl Related<super::book::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Book.def()
    }
}

impl Related<Entity> for super::book::Entity {
    fn to() -> RelationDef {
        Relation::Book.def().rev()
    }
}

impl ActiveModelBehavior for ActiveModel {}
