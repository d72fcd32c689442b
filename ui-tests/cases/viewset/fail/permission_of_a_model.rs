use drf::prelude::*;
use drf_ui_tests::book;

#[viewset]
#[permission(IsOwner)]
struct Books;

struct IsOwner;

impl Permission<book::Model> for IsOwner {}

fn main() {}
