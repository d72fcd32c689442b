//! The kinds of fields.

/// The kind of a field's value, as `OPTIONS` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words speak for themselves")]
#[non_exhaustive]
pub enum FieldKind {
    Boolean,
    Choice,
    Date,
    DateTime,
    Decimal,
    Dict,
    Duration,
    Email,
    Field,
    FileUpload,
    Float,
    ImageUpload,
    Integer,
    List,
    MultipleChoice,
    NestedObject,
    Slug,
    String,
    Time,
    Url,
}

impl FieldKind {
    /// Returns the word of DRF's `SimpleMetadata`.
    pub fn label(self) -> &'static str {
        match self {
            FieldKind::Boolean => "boolean",
            FieldKind::Choice => "choice",
            FieldKind::Date => "date",
            FieldKind::DateTime => "datetime",
            FieldKind::Decimal => "decimal",
            FieldKind::Dict | FieldKind::NestedObject => "nested object",
            FieldKind::Duration => "duration",
            FieldKind::Email => "email",
            FieldKind::Field => "field",
            FieldKind::FileUpload => "file upload",
            FieldKind::Float => "float",
            FieldKind::ImageUpload => "image upload",
            FieldKind::Integer => "integer",
            FieldKind::List => "list",
            FieldKind::MultipleChoice => "multiple choice",
            FieldKind::Slug => "slug",
            FieldKind::String => "string",
            FieldKind::Time => "time",
            FieldKind::Url => "url",
        }
    }
}
