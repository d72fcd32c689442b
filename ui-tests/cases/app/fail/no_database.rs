use drf::prelude::*;

fn main() {
    let _ = App::builder(Settings::default()).build();
}
