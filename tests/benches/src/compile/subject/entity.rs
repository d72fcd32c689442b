use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "book")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "String(StringLen::N(200))")]
    pub name: String,
    #[sea_orm(unique, column_type = "String(StringLen::N(13))")]
    pub isbn: String,
    #[sea_orm(column_type = "Decimal(Some((8, 2)))")]
    pub price: Decimal,
    #[sea_orm(default_value = true)]
    pub in_stock: bool,
    pub pages: i32,
    pub rating: Option<f64>,
    pub published: Option<Date>,
    #[sea_orm(default_value = "", column_type = "Text")]
    pub notes: String,
    #[sea_orm(default_expr = "Expr::current_timestamp()")]
    pub created: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
