use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
#[permission(IsOwner)]
struct Books;

struct IsOwner;

fn main() {}
