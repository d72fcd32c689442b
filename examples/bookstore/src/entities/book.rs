use drf::prelude::*;
use drf::sea_orm;
use drf::sea_orm::entity::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Choices)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))")]
pub enum Category {
    #[sea_orm(string_value = "fiction")]
    Fiction,
    #[sea_orm(string_value = "science")]
    Science,
    #[sea_orm(string_value = "history")]
    History,
    #[sea_orm(string_value = "tech")]
    #[choice(label = "Technology")]
    Tech,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "store_book")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_type = "String(StringLen::N(200))")]
    pub name: String,
    #[sea_orm(unique, column_type = "String(StringLen::N(13))")]
    pub isbn: String,
    #[sea_orm(column_type = "Decimal(Some((8, 2)))")]
    pub price: Decimal,
    #[sea_orm(default_value = "fiction")]
    pub category: Category,
    #[sea_orm(default_value = true)]
    pub in_stock: bool,
    pub rating: Option<f64>,
    pub published: Option<Date>,
    pub create_time: DateTimeUtc,
    pub update_time: DateTimeUtc,
    pub publisher_id: i64,
    #[sea_orm(belongs_to, from = "publisher_id", to = "id")]
    pub publisher: BelongsTo<super::publisher::Entity>,
    #[sea_orm(has_many, via = "book_author")]
    pub authors: HasMany<super::author::Entity>,
    #[sea_orm(has_many)]
    pub reviews: HasMany<super::review::Entity>,
    #[sea_orm(has_many)]
    pub tags: HasMany<super::tag::Entity>,
    #[sea_orm(has_many)]
    pub purchases: HasMany<super::purchase::Entity>,
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
