use drf::prelude::*;

struct BookSerializer {
    #[field(read_only)]
    title: String,
}

fn main() {}
