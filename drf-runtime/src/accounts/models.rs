//! Django's tables for users and tokens, as sea-orm entities.

/// `auth_user`: Django's users.
pub mod user {
    use sea_orm::ActiveValue::Set;
    use sea_orm::entity::prelude::*;

    /// A row of `auth_user`.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "auth_user")]
    pub struct Model {
        /// The primary key
        #[sea_orm(primary_key)]
        pub id: i32,
        /// The encoded password, in any of Django's formats
        #[sea_orm(column_type = "String(StringLen::N(128))")]
        pub password: String,
        /// The time of the last log-in
        pub last_login: Option<DateTimeUtc>,
        /// True if every permission is granted
        #[sea_orm(default_value = false)]
        pub is_superuser: bool,
        /// The name for logging in
        #[sea_orm(unique, column_type = "String(StringLen::N(150))")]
        pub username: String,
        /// The family name
        #[sea_orm(default_value = "", column_type = "String(StringLen::N(150))")]
        pub last_name: String,
        /// The mail address
        #[sea_orm(default_value = "", column_type = "String(StringLen::N(254))")]
        pub email: String,
        /// True if the user may enter the administration
        #[sea_orm(default_value = false)]
        pub is_staff: bool,
        /// True if the user may log in
        #[sea_orm(default_value = true)]
        pub is_active: bool,
        /// The time at which the account was created
        pub date_joined: DateTimeUtc,
        /// The given name
        #[sea_orm(default_value = "", column_type = "String(StringLen::N(150))")]
        pub first_name: String,
    }

    /// A new user has joined now, unless it says otherwise, as in Django.
    #[async_trait::async_trait]
    impl ActiveModelBehavior for ActiveModel {
        async fn before_save<C: ConnectionTrait>(mut self, _db: &C, insert: bool) -> Result<Self, DbErr> {
            if insert && self.date_joined.is_not_set() {
                self.date_joined = Set(chrono::Utc::now());
            }
            Ok(self)
        }
    }
}

/// `authtoken_token`: the tokens of DRF's `authtoken`.
pub mod token {
    use sea_orm::entity::prelude::*;

    /// A row of `authtoken_token`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "authtoken_token")]
    pub struct Model {
        /// 40 hexadecimal digits
        #[sea_orm(primary_key, auto_increment = false, column_type = "String(StringLen::N(40))")]
        pub key: String,
        /// The time at which it was created
        pub created: DateTimeUtc,
        /// The user
        #[sea_orm(unique)]
        pub user_id: i32,
    }

    /// The relations of `authtoken_token`.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        /// The user
        #[sea_orm(
            belongs_to = "super::user::Entity",
            from = "Column::UserId",
            to = "super::user::Column::Id",
            on_delete = "Cascade"
        )]
        User,
    }

    impl Related<super::user::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::User.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}
