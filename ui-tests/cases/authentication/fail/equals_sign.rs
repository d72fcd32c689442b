use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
#[authentication = TokenAuthentication]
struct Books;

fn main() {}
