use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
#[authentication(TokenAuthentication, Cookie)]
struct Books;

#[derive(Debug)]
struct Cookie;

fn main() {}
