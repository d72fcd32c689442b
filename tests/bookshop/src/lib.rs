//! The entities and serializers that the examples in the documentation are about.

#![allow(missing_docs, missing_debug_implementations, unreachable_pub, reason = "fixtures")]

use drf::prelude::*;

pub use drf::authentication::models::user;

pub mod publisher {
    use drf::prelude::*;
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "publisher")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(unique)]
        pub name: String,
        #[sea_orm(default_value = "")]
        pub address: String,
        #[sea_orm(default_expr = "Expr::current_timestamp()")]
        pub created: DateTimeUtc,
        #[sea_orm(has_many)]
        pub books: HasMany<super::book::Entity>,
    }

    impl std::fmt::Display for Model {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(&self.name)
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod book {
    use drf::prelude::*;
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Choices)]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))")]
    pub enum Category {
        #[sea_orm(string_value = "fiction")]
        Fiction,
        #[sea_orm(string_value = "tech")]
        Tech,
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "book")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        pub isbn: String,
        #[sea_orm(column_type = "Decimal(Some((8, 2)))")]
        pub price: Decimal,
        pub category: Category,
        pub published: Option<Date>,
        pub publisher_id: i64,
        #[sea_orm(belongs_to, from = "publisher_id", to = "id")]
        pub publisher: BelongsTo<super::publisher::Entity>,
        #[sea_orm(has_many, via = "book_author")]
        pub authors: HasMany<super::author::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod author {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "author")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(unique)]
        pub username: String,
        #[sea_orm(has_many, via = "book_author")]
        pub books: HasMany<super::book::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod book_author {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "book_author")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub book_id: i64,
        pub author_id: i64,
        #[sea_orm(belongs_to, from = "book_id", to = "id")]
        pub book: BelongsTo<super::book::Entity>,
        #[sea_orm(belongs_to, from = "author_id", to = "id")]
        pub author: BelongsTo<super::author::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod review {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "review")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub text: String,
        pub owner_id: i32,
        pub changed_by: Option<i32>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod item {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "item")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub quantity: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// In sea-orm's older format, with two relations to one table.
pub mod article {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    use super::user;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "article")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub title: String,
        pub created_by_id: i64,
        pub updated_by_id: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(belongs_to = "user::Entity", from = "Column::CreatedById", to = "user::Column::Id")]
        CreatedBy,
        #[sea_orm(belongs_to = "user::Entity", from = "Column::UpdatedById", to = "user::Column::Id")]
        UpdatedBy,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[serializer(entity = item::Entity)]
pub struct ItemSerializer {
    pub id: i64,
    pub quantity: i32,
}

#[serializer(entity = publisher::Entity)]
pub struct PublisherSerializer {
    pub id: i64,
    pub name: String,
}

#[serializer(entity = book::Entity)]
pub struct BookSerializer {
    pub id: i64,
    pub name: String,
    pub isbn: String,
    pub price: Decimal,
    pub category: book::Category,
    pub publisher: PrimaryKeyRelated<publisher::Entity>,
}

#[serializer(entity = review::Entity)]
pub struct ReviewSerializer {
    pub id: i64,
    pub text: String,
}
