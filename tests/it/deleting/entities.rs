//! A library: a rule of each kind, in both formats of entities.

#![allow(dead_code, reason = "sea-orm generates more than these tests use")]

macro_rules! entity {
    ($(#[$doc:meta])* $module:ident: $table:literal { $($fields:tt)* }) => {
        $(#[$doc])*
        pub mod $module {
            use drf::sea_orm;
            use drf::sea_orm::entity::prelude::*;

            #[sea_orm::model]
            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                #[sea_orm(primary_key)]
                pub id: i64,
                $($fields)*
            }

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}

entity! {
    author: "author" {
        pub name: String,
        #[sea_orm(has_many)]
        pub books: HasMany<super::book::Entity>,
    }
}

entity! {
    book: "book" {
        pub title: String,
        pub author_id: i64,
        #[sea_orm(belongs_to, from = "author_id", to = "id", on_delete = "Cascade")]
        pub author: BelongsTo<super::author::Entity>,
        #[sea_orm(has_many, via = "book_tag")]
        pub tags: HasMany<super::tag::Entity>,
        #[sea_orm(has_many)]
        pub loans: HasMany<super::loan::Entity>,
    }
}

/// In sea-orm's older format.
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
            to = "super::book::Column::Id",
            on_delete = "Cascade"
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

/// In sea-orm's older format as well.
pub mod quote {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "quote")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub text: String,
        pub review_id: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "super::review::Entity",
            from = "Column::ReviewId",
            to = "super::review::Column::Id",
            on_delete = "SetNull"
        )]
        Review,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

entity! {
    /// Protects its book: there is no rule.
    loan: "loan" {
        pub reader: String,
        pub book_id: i64,
        #[sea_orm(belongs_to, from = "book_id", to = "id")]
        pub book: BelongsTo<super::book::Entity>,
    }
}

entity! {
    tag: "tag" {
        pub name: String,
        #[sea_orm(has_many, via = "book_tag")]
        pub books: HasMany<super::book::Entity>,
    }
}

entity! {
    book_tag: "book_tag" {
        pub book_id: i64,
        pub tag_id: i64,
        #[sea_orm(belongs_to, from = "book_id", to = "id")]
        pub book: BelongsTo<super::book::Entity>,
        #[sea_orm(belongs_to, from = "tag_id", to = "id")]
        pub tag: BelongsTo<super::tag::Entity>,
    }
}

entity! {
    node: "node" {
        pub name: String,
        pub parent_id: Option<i64>,
        #[sea_orm(self_ref, relation_enum = "Parent", relation_reverse = "Children", from = "parent_id", to = "id", on_delete = "Cascade")]
        pub parent: BelongsTo<Option<Entity>>,
        #[sea_orm(self_ref, relation_enum = "Children", relation_reverse = "Parent")]
        pub children: HasMany<Entity>,
    }
}

entity! {
    desk: "desk" {
        pub name: String,
    }
}

entity! {
    ticket: "ticket" {
        pub text: String,
        #[sea_orm(default_value = 1)]
        pub desk_id: i64,
        #[sea_orm(belongs_to, from = "desk_id", to = "id", on_delete = "SetDefault")]
        pub desk: BelongsTo<super::desk::Entity>,
    }
}

entity! {
    /// Is left to the database.
    visit: "visit" {
        pub text: String,
        pub desk_id: i64,
        #[sea_orm(belongs_to, from = "desk_id", to = "id", on_delete = "NoAction")]
        pub desk: BelongsTo<super::desk::Entity>,
    }
}

entity! {
    /// Stops the deletion of a desk.
    chair: "chair" {
        pub text: String,
        pub desk_id: i64,
        #[sea_orm(belongs_to, from = "desk_id", to = "id", on_delete = "Restrict")]
        pub desk: BelongsTo<super::desk::Entity>,
    }
}

entity! {
    /// Cannot follow its rule.
    label: "label" {
        pub text: String,
        pub desk_id: i64,
        #[sea_orm(belongs_to, from = "desk_id", to = "id", on_delete = "SetNull")]
        pub desk: BelongsTo<super::desk::Entity>,
    }
}

entity! {
    /// Cannot follow its rule either.
    lamp: "lamp" {
        pub text: String,
        pub desk_id: i64,
        #[sea_orm(belongs_to, from = "desk_id", to = "id", on_delete = "SetDefault")]
        pub desk: BelongsTo<super::desk::Entity>,
    }
}
