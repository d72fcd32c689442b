//! The code that is still generated beside an error.

use super::snapshot::snapshot;

#[test]
fn a_half_typed_viewset() {
    snapshot(
        "broken_half_typed",
        r#"
#[model_viewset(serializer = BookSerializer, actions(list), sea, search_fields(name, publisher., ), ordering = )]
struct Books;
"#,
    );
}

#[test]
fn a_viewset_without_a_serializer() {
    snapshot("broken_no_serializer", "#[model_viewset()] #[permission(AllowAny)] struct Books;");
}

#[test]
fn a_serializer_without_an_entity() {
    snapshot(
        "broken_no_entity",
        "#[serializer()] struct BookSerializer { #[field(method = shout)] name: String }",
    );
}

#[test]
fn a_serializer_on_an_enum() {
    snapshot(
        "broken_enum",
        "#[serializer(entity = book::Entity)] enum BookSerializer { A { #[field(x)] a: i64 }, B }",
    );
}
