use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
#[permission(IsAuthenticated)]
#[permission(IsAdminUser)]
struct Books;

fn main() {}
