//! Raw names, names of our own variables, and items that come out of a user's macro.

use drf::prelude::*;
use drf::sea_orm;

mod shelf {
    use drf::sea_orm;
    use drf::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "shelf")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub r#type: String,
        pub field: String,
        pub request: String,
        pub input: String,
        pub data: String,
        pub row: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

macro_rules! resource {
    ($serializer:ident, $viewset:ident, $entity:path, { $($name:ident: $type:ty),* }) => {
        #[serializer(entity = $entity)]
        struct $serializer {
            $(#[field(max_length = 5)] $name: $type),*
        }

        #[model_viewset(serializer = $serializer, search_fields($($name),*), ordering_fields($($name),*))]
        struct $viewset;
    };
}
resource!(ShelfSerializer, Shelves, shelf::Entity, {
    r#type: String, field: String, request: String, input: String, data: String, row: String
});

fn main() {
    let _ = DefaultRouter::new().register::<Shelves>("shelves");
    let _: Option<sea_orm::DbErr> = None;
}
