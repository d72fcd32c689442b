//! Teams, their members, and the badges of those.

pub mod team {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "team")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        #[sea_orm(has_many)]
        pub members: HasMany<super::member::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod badge {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "badge")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(has_many, via = "member_badge")]
        pub members: HasMany<super::member::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod member {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "member")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        pub team_id: Option<Uuid>,
        #[sea_orm(belongs_to, from = "team_id", to = "id")]
        pub team: BelongsTo<Option<super::team::Entity>>,
        #[sea_orm(has_many, via = "member_badge")]
        pub badges: HasMany<super::badge::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod member_badge {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "member_badge")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub member_id: Uuid,
        pub badge_id: Uuid,
        #[sea_orm(belongs_to, from = "member_id", to = "id")]
        pub member: BelongsTo<super::member::Entity>,
        #[sea_orm(belongs_to, from = "badge_id", to = "id")]
        pub badge: BelongsTo<super::badge::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
