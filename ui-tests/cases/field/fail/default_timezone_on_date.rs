use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(default_timezone = "Asia/Shanghai")]
    day: Date,
}

fn main() {}
