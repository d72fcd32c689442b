use drf::prelude::*;

#[api_view(GET)]
#[permission(AllowAny)]
struct Hello;

fn main() {}
