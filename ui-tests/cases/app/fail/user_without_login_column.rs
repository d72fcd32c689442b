use drf::prelude::*;
use drf_ui_tests::publisher;

fn main() {
    let _ = App::builder(Settings::default()).auth_user_model::<publisher::Model>();
}
