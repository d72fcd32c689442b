use drf::prelude::*;
use drf_ui_tests::{BookSerializer, publisher};

#[model_viewset(serializer = BookSerializer)]
#[permission(IsOwner)]
struct Books;

struct IsOwner;

impl Permission<publisher::Model> for IsOwner {}

fn main() {}
