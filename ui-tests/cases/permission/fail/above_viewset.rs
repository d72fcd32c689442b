use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[permission(IsOwner)]
#[model_viewset(serializer = BookSerializer)]
struct Books;

struct IsOwner;

fn main() {}
