//! What the compile-time tests share: entities in both of sea-orm's formats.

#![allow(missing_docs, missing_debug_implementations, unreachable_pub, reason = "fixtures")]

/// The dense format.
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
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "book")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub title: String,
        pub pages: i32,
        #[sea_orm(column_type = "Decimal(Some((8, 2)))")]
        pub price: Decimal,
        pub category: Category,
        pub in_stock: bool,
        pub rating: Option<f64>,
        pub created: DateTimeUtc,
        pub publisher_id: i64,
        #[sea_orm(belongs_to, from = "publisher_id", to = "id")]
        pub publisher: BelongsTo<super::publisher::Entity>,
    }

    impl std::fmt::Display for Model {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(&self.title)
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The other side of the relation.
pub mod publisher {
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
        #[sea_orm(has_many)]
        pub books: HasMany<super::book::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The old format, with a relation.
pub mod review {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "review")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub text: String,
        pub book_id: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "super::book::Entity",
            from = "Column::BookId",
            to = "super::book::Column::Id"
        )]
        Book,
    }

    impl Related<super::book::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Book.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A serializer that has no mistake.
#[drf::serializer(entity = book::Entity)]
pub struct BookSerializer {
    pub id: i64,
    pub title: String,
    pub pages: i32,
}

/// One of another entity.
#[drf::serializer(entity = publisher::Entity)]
#[derive(Debug)]
pub struct PublisherSerializer {
    pub id: i64,
    pub name: String,
}
