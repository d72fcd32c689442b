//! Tables with several relations to one table, in both formats of entities.

pub mod team {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "team")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(unique, column_type = "String(StringLen::N(40))")]
        pub name: String,
        #[sea_orm(has_many, relation_enum = "HomeGames", via_rel = "Home")]
        pub home_games: HasMany<super::game::Entity>,
        #[sea_orm(has_many, relation_enum = "AwayGames", via_rel = "Away")]
        pub away_games: HasMany<super::game::Entity>,
        #[sea_orm(has_one)]
        pub stadium: HasOne<super::stadium::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod game {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "game")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub home_id: i64,
        pub away_id: Option<i64>,
        #[sea_orm(belongs_to, relation_enum = "Home", from = "home_id", to = "id")]
        pub home: BelongsTo<super::team::Entity>,
        #[sea_orm(belongs_to, relation_enum = "Away", from = "away_id", to = "id")]
        pub away: BelongsTo<Option<super::team::Entity>>,
    }

    impl Related<super::team::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Away.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// One-to-one, the foreign key of which is the primary key.
pub mod stadium {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "stadium")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub team_id: i64,
        #[sea_orm(column_type = "String(StringLen::N(40))")]
        pub city: String,
        #[sea_orm(belongs_to, from = "team_id", to = "id")]
        pub team: BelongsTo<super::team::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A table that references itself.
pub mod folder {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "folder")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "String(StringLen::N(40))")]
        pub name: String,
        pub parent_id: Option<i64>,
        #[sea_orm(
            self_ref,
            relation_enum = "Parent",
            relation_reverse = "Children",
            from = "parent_id",
            to = "id"
        )]
        pub parent: BelongsTo<Option<Entity>>,
        #[sea_orm(self_ref, relation_enum = "Children", relation_reverse = "Parent")]
        pub children: HasMany<Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The same in sea-orm's old format.
pub mod old_folder {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "folder")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "String(StringLen::N(40))")]
        pub name: String,
        pub parent_id: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(belongs_to = "Entity", from = "Column::ParentId", to = "Column::Id")]
        Above,
    }

    impl Related<Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Above.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod person {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(unique, column_type = "String(StringLen::N(40))")]
        pub name: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(has_many = "super::article::Entity")]
        Articles,
    }

    impl Related<super::article::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Articles.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod article {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "article")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "String(StringLen::N(40))")]
        pub title: String,
        pub created_by_id: i64,
        pub changed_by_id: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "super::person::Entity",
            from = "Column::CreatedById",
            to = "super::person::Column::Id"
        )]
        CreatedBy,
        #[sea_orm(
            belongs_to = "super::person::Entity",
            from = "Column::ChangedById",
            to = "super::person::Column::Id"
        )]
        Editor,
    }

    impl Related<super::person::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::CreatedBy.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

macro_rules! link {
    ($name:ident, $table:literal) => {
        pub mod $name {
            use drf::sea_orm;
            use drf::sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub article_id: i64,
                #[sea_orm(primary_key, auto_increment = false)]
                pub person_id: i64,
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {
                #[sea_orm(
                    belongs_to = "super::article::Entity",
                    from = "Column::ArticleId",
                    to = "super::article::Column::Id"
                )]
                Article,
                #[sea_orm(
                    belongs_to = "super::person::Entity",
                    from = "Column::PersonId",
                    to = "super::person::Column::Id"
                )]
                Person,
            }

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}
link!(author, "article_author");
link!(reviewer, "article_reviewer");
