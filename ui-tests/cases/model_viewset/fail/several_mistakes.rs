use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, serch_fields(title), lookup_value_regex = "(", actions(lst))]
#[throttle(rate = "5")]
struct Books;

fn main() {}
