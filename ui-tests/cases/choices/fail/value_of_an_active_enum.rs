use drf::prelude::*;
use drf::sea_orm;
use drf::sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, EnumIter, DeriveActiveEnum, Choices)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))")]
enum Category {
    #[sea_orm(string_value = "fiction")]
    #[choice(value = "f")]
    Fiction,
}

fn main() {}
