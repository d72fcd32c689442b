use drf::prelude::*;

struct Books<T>(T);

#[actions]
impl<T> Books<T> {}

fn main() {}
