use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
#[authentication(TokenAuthentication)]
#[authentication(BasicAuthentication)]
struct Books;

fn main() {}
