use drf::prelude::*;

#[viewset]
#[permission(AllowAny)]
enum Books {
    All,
}

fn main() {}
