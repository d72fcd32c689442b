use super::snapshot::snapshot;

/// The quickstart's.
pub(super) const PUBLISHER: &str = r#"
#[serializer(entity = publisher::Entity)]
pub struct PublisherSerializer {
    pub id: i64,
    #[field(validate = no_underscores)]
    pub name: String,
    #[field(max_length = 40, error_messages(max_length = "Too long."))]
    pub address: String,
    #[field(read_only)]
    pub created: DateTimeUtc,
}
"#;

#[test]
fn quickstart() {
    snapshot("serializer_quickstart", PUBLISHER);
}

#[test]
fn every_option_of_a_field() {
    snapshot(
        "serializer_options",
        r#"
#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(required, unique = false, allow_blank, trim_whitespace = false, min_length = 1, max_length = 9)]
    name: String,
    #[field(regex = "^[a-z]+$", label = "Short name", help_text = "Letters only.")]
    slug: Slug,
    #[field(min_value = -5, max_value = 9.5, default = 0.0)]
    rating: f64,
    #[field(allow_empty = false)]
    tags: Vec<String>,
    #[field(write_only)]
    secret: String,
    #[field(source = category, display)]
    category_label: Category,
}
"#,
    );
}

#[test]
fn sources_behind_relations() {
    snapshot(
        "serializer_sources",
        r#"
#[serializer(entity = book::Entity, relations(publisher = publisher::Entity, authors = [author::Entity]))]
pub struct BookSerializer {
    pub publisher: PrimaryKeyRelated<publisher::Entity>,
    #[field(source = publisher.name)]
    pub publisher_name: String,
    #[field(source = authors.profile.city)]
    pub cities: Vec<String>,
    #[field(source = r#type)]
    pub kind: String,
}
"#,
    );
}

#[test]
fn computed_fields_and_input_without_a_column() {
    snapshot(
        "serializer_method_and_input",
        r#"
#[serializer(entity = book::Entity)]
pub(crate) struct BookSerializer {
    #[field(method = shout)]
    title: String,
    #[field(no_column, max_length = 10)]
    note: String,
}
"#,
    );
}

#[test]
fn rules_about_the_whole_object() {
    snapshot(
        "serializer_object_rules",
        r#"
#[serializer(
    entity = book::Entity,
    validate = check::prices,
    unique_together(publisher, name),
    unique_together(fields(name, isbn), message = "There is such a book."),
)]
pub struct BookSerializer {
    pub publisher: PrimaryKeyRelated<publisher::Entity>,
    pub name: String,
    pub isbn: String,
}
"#,
    );
}
