//! The options of each type of fields.

/// Relations, whose rows may be limited with `queryset`.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` points at no rows",
    label = "not a relation",
    note = "`queryset` is for `PrimaryKeyRelated`, `SlugRelated` and `HyperlinkedRelated`, and for an `Option` or a `Vec` of one"
)]
pub trait RelatedTo {
    /// The entity of the rows
    type Entity;
}

impl<T: RelatedTo> RelatedTo for Option<T> {
    type Entity = T::Entity;
}

impl<T: RelatedTo> RelatedTo for Vec<T> {
    type Entity = T::Entity;
}

/// Links, for which `view_name`, `lookup_field` and `lookup_url_kwarg` make sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no link",
    label = "not a link",
    note = "`view_name`, `lookup_field` and `lookup_url_kwarg` are for `HyperlinkedRelated` and `HyperlinkedIdentity`"
)]
pub trait Hyperlink {}

/// Links to rows of other tables, for which `lookup_field` makes sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no link",
    label = "not a link",
    note = "`view_name`, `lookup_field` and `lookup_url_kwarg` are for `HyperlinkedRelated` and `HyperlinkedIdentity`"
)]
pub trait LinkedRows: RelatedTo {}

impl<T: LinkedRows> LinkedRows for Option<T> {}
impl<T: LinkedRows> LinkedRows for Vec<T> {}
impl<T: Hyperlink> Hyperlink for Option<T> {}
impl<T: Hyperlink> Hyperlink for Vec<T> {}

/// Types for which `min_value` and `max_value` make sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no smallest or largest value",
    label = "not a number",
    note = "`min_value` and `max_value` are for integers, `f64` and `Decimal`"
)]
pub trait Bounded {}

/// Types for which `format` makes sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no format",
    label = "neither a date, a time nor a UUID",
    note = "`format` is for `Date`, `Time`, `DateTimeUtc` and `Uuid`; `input_formats` for the first three"
)]
pub trait Formatted {
    /// The formats that there are. None for dates and times: their formats are patterns.
    const FORMATS: &'static [&'static str] = &[];
}

/// Types for which `max_digits`, `rounding`, `normalize_output` and the like make sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is not a decimal number",
    label = "not a decimal number",
    note = "`max_digits`, `decimal_places`, `rounding` and `normalize_output` are for `Decimal`"
)]
pub trait DecimalNumber {}

/// Types for which `coerce_to_string` makes sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be coerced to a string",
    label = "neither a decimal number nor a large integer",
    note = "`coerce_to_string` is for `Decimal`, `i64` and `Integer`"
)]
pub trait Coerced {}

impl<T: Formatted> Formatted for Option<T> {
    const FORMATS: &'static [&'static str] = T::FORMATS;
}
impl<T: DecimalNumber> DecimalNumber for Option<T> {}
impl<T: Coerced> Coerced for Option<T> {}

/// Types for which `max_length` makes sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no length",
    label = "neither text nor a list",
    note = "`min_length` and `max_length` are for `String` and the other text types, and for `Vec<..>`; `max_length` for files too"
)]
pub trait Lengths {}

/// Types for which `min_length` makes sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no smallest length",
    label = "neither text nor a list",
    note = "`min_length` is for `String` and the other text types, and for `Vec<..>`"
)]
pub trait MinLength: Lengths {}

/// Types for which `allow_empty` makes sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is not a list",
    label = "not a list",
    note = "`allow_empty` is for `Vec<..>`, `MultipleChoice<..>` and `IndexMap<String, ..>`"
)]
pub trait Collection {}

/// Types for which `allow_empty_file` and `use_url` make sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is not a file",
    label = "not a file",
    note = "`allow_empty_file` and `use_url` are for `File` and `Image`"
)]
pub trait Upload {}

/// Types for which `default_timezone` makes sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no time zone",
    label = "not a date and time with a zone",
    note = "`default_timezone` is for `DateTimeUtc` and `DateTimeWithTimeZone`"
)]
pub trait Zoned {}

/// Types for which `allow_blank`, `trim_whitespace` and `regex` make sense.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is not text",
    label = "not text",
    note = "`allow_blank`, `trim_whitespace` and `regex` are for `String` and the other text types"
)]
pub trait Text {}

impl<T: Bounded> Bounded for Option<T> {}
impl<T: Lengths> Lengths for Option<T> {}
impl<T: MinLength> MinLength for Option<T> {}
impl<T: Collection> Collection for Option<T> {}
impl<T: Upload> Upload for Option<T> {}
impl<T: Zoned> Zoned for Option<T> {}
impl<T: Text> Text for Option<T> {}
