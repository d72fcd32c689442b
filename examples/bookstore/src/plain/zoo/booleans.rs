use drf::prelude::*;

#[serializer]
pub struct Booleans {
    #[field(required = false)]
    flag: bool,
    #[field(required = false)]
    maybe: Option<bool>,
    #[field(default = true)]
    on: bool,
}
