//! Rows as links.

use std::fmt;
use std::marker::PhantomData;

use percent_encoding::percent_decode_str;
use sea_orm::{DbErr, EntityTrait};

use super::related::RelatedKey;
use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::{
    DbValue, Field, FieldDescription, FieldKind, Hyperlink, KeyOf, LinkedRows, Reference, References,
    RelatedTo, ResolvedKey, SerializedRow, ViewLink,
};
use crate::schema::{Entity, ForeignKey};
use crate::value::Value;
use crate::value::json::write_string;

/// A row of another table, as the URL of that row. DRF's `HyperlinkedRelatedField`; in a `Vec` with `many=True`.
///
/// # Errors
/// `no_match` for a URL that leads nowhere, `incorrect_match` for one that leads elsewhere, `does_not_exist` if there is no
/// such row, `incorrect_type` for what is no text.
///
/// ```
/// # use bookshop::{book, publisher};
/// # use drf::prelude::*;
/// #[serializer(entity = book::Entity)]
/// pub struct BookSerializer {
///     #[field(view_name = "linked-publisher-detail")]
///     pub publisher: HyperlinkedRelated<publisher::Entity>,
/// }
/// # fn main() {}
/// ```
pub struct HyperlinkedRelated<E: EntityTrait> {
    url: String,
    key: ResolvedKey,
    of: PhantomData<fn() -> E>,
}

impl<E: EntityTrait> HyperlinkedRelated<E>
where
    KeyOf<E>: RelatedKey,
{
    /// Returns the primary key of the row. It is there once the input is valid.
    pub fn key(&self) -> Option<KeyOf<E>> {
        KeyOf::<E>::from_db_value(self.key.get()?)
    }
}

/// The URL of the row itself. DRF's `HyperlinkedIdentityField`.
///
/// ```
/// # use bookshop::book;
/// # use drf::prelude::*;
/// #[serializer(entity = book::Entity)]
/// pub struct BookSerializer {
///     pub url: HyperlinkedIdentity,
///     #[field(view_name = "isbn-detail", lookup_field = isbn, lookup_url_kwarg = "book_isbn")]
///     pub by_isbn: HyperlinkedIdentity,
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone)]
pub struct HyperlinkedIdentity(());

impl<E: EntityTrait> Hyperlink for HyperlinkedRelated<E> {}
impl Hyperlink for HyperlinkedIdentity {}
impl<E: EntityTrait> LinkedRows for HyperlinkedRelated<E> {}

impl<E: EntityTrait> RelatedTo for HyperlinkedRelated<E> {
    type Entity = E;
}

impl<E> Field for HyperlinkedRelated<E>
where
    E: EntityTrait,
    KeyOf<E>: RelatedKey,
{
    type Source = ForeignKey<E>;

    const IS_RELATION: bool = true;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::Field;
        field.link = Some(ViewLink::to(Entity::of::<E>()));
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        let message = "Incorrect type. Expected URL string, received {data_type}.";
        let wrong = || field.fail("incorrect_type", message, &[("data_type", input.type_name())]);
        let url = input.as_str().ok_or_else(wrong)?.to_owned();
        Ok(Self { url, key: ResolvedKey::default(), of: PhantomData })
    }

    fn resolve(
        input: &Value,
        field: &FieldDescription,
        references: &mut References<'_>,
    ) -> Result<Self, ValidationError> {
        let related = Self::to_internal_value(input, field)?;
        let entity = Entity::of::<E>();
        let by = field.path.as_ref().filter(|path| !path.relations.is_empty());
        let column = by.map_or(entity.primary_key(), |path| path.column);
        let text = lookup_of(&related.url, field, references)?;
        let value = column.parse_lookup(&text).flatten().ok_or_else(|| no_object(field, input))?;
        let found = related.key.clone();
        references.add(Reference::to_value(entity, column, (input, value), found, no_object));
        Ok(related)
    }

    fn to_representation(&self, _: &FieldDescription, out: &mut Vec<u8>) {
        write_string(&self.url, out);
    }

    fn read(_: &Row<'_>, _: usize) -> Result<Option<Self>, DbErr> {
        Err(DbErr::Type("a link is not read from a cell".to_owned()))
    }

    fn write_cell(
        row: &SerializedRow<'_>,
        index: usize,
        field: &FieldDescription,
        out: &mut Vec<u8>,
    ) -> Result<(), DbErr> {
        write_link(row, index, field, out)
    }

    fn to_db_value(&self) -> DbValue {
        self.key().map_or(DbValue::Unresolved, |key| DbValue::Value(key.into()))
    }

    fn null() -> sea_orm::Value {
        <KeyOf<E> as RelatedKey>::null()
    }
}

impl Field for HyperlinkedIdentity {
    type Source = ();

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::Field;
    }

    fn to_internal_value(_: &Value, _: &FieldDescription) -> Result<Self, ValidationError> {
        Ok(Self(()))
    }

    fn to_representation(&self, _: &FieldDescription, out: &mut Vec<u8>) {
        out.extend_from_slice(b"null");
    }

    fn read(_: &Row<'_>, _: usize) -> Result<Option<Self>, DbErr> {
        Ok(None)
    }

    fn write_cell(
        row: &SerializedRow<'_>,
        index: usize,
        field: &FieldDescription,
        out: &mut Vec<u8>,
    ) -> Result<(), DbErr> {
        write_link(row, index, field, out)
    }

    fn to_db_value(&self) -> DbValue {
        DbValue::Keys(Vec::new())
    }
}

impl<E: EntityTrait> fmt::Debug for HyperlinkedRelated<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.url.fmt(f)
    }
}

/// Returns the link to the row that a cell identifies.
fn write_link(
    row: &SerializedRow<'_>,
    index: usize,
    field: &FieldDescription,
    out: &mut Vec<u8>,
) -> Result<(), DbErr> {
    let key = field.path.as_ref().map(|path| row.key(index, path.column)).transpose()?.flatten();
    let (Some(key), Some(link)) = (key, &field.link) else {
        out.extend_from_slice(b"null");
        return Ok(());
    };
    let text = key.to_string();
    let Some(request) = row.request() else {
        let what = format!("`{}`: a link needs a request, whose host it begins with", field.name);
        return Err(DbErr::Custom(what));
    };
    let url = request.link(&link.view_name, &[(&link.url_kwarg, &text)]);
    let url = url.ok_or_else(|| {
        DbErr::Custom(format!(
            "`{}`: no URL named `{}` has the argument `{}`",
            field.name, link.view_name, link.url_kwarg
        ))
    })?;
    write_string(&url, out);
    Ok(())
}

/// Returns the argument of a URL that identifies its row.
fn lookup_of(
    url: &str,
    field: &FieldDescription,
    references: &References<'_>,
) -> Result<String, ValidationError> {
    let no_match = || field.fail("no_match", "Invalid hyperlink - No URL match.", &[]);
    let link = field.link.as_ref().ok_or_else(no_match)?;
    let absolute = url.starts_with("http:") || url.starts_with("https:");
    let path = if absolute { path_of(url) } else { url };
    let path = percent_decode_str(path).decode_utf8().map_err(|_| no_match())?;
    let (name, mut arguments) = references.request().resolve(&path).ok_or_else(no_match)?;
    let wrong = || field.fail("incorrect_match", "Invalid hyperlink - Incorrect URL match.", &[]);
    let position = arguments.iter().position(|(name, _)| *name == link.url_kwarg);
    match position.filter(|_| name == link.view_name) {
        Some(position) => Ok(arguments.swap_remove(position).1),
        None => Err(wrong()),
    }
}

/// Returns the path of an absolute URL.
fn path_of(url: &str) -> &str {
    let rest = url.split_once(':').map_or(url, |(_, rest)| rest);
    let path = match rest.strip_prefix("//") {
        Some(host) => host.find('/').map_or("", |start| &host[start..]),
        None => rest,
    };
    path.split(['?', '#']).next().unwrap_or("")
}

fn no_object(field: &FieldDescription, _: &Value) -> ValidationError {
    field.fail("does_not_exist", "Invalid hyperlink - Object does not exist.", &[])
}
