//! The input of an object. A form, whose values are all text, has its own forms of lists and objects.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::fields::{FieldDescription, FormInput};
use crate::parsers::{Data, QueryDict};
use crate::value::{Dict, Value};

/// The input of an object.
#[derive(Debug, Clone)]
pub(crate) enum Input<'a> {
    /// A JSON value
    Json(Cow<'a, Value>),
    /// A form, or the part of one that is about an object
    Form(Cow<'a, QueryDict>),
}

impl<'a> From<&'a Data> for Input<'a> {
    fn from(data: &'a Data) -> Self {
        match data {
            Data::Json(value) => Input::Json(Cow::Borrowed(value)),
            Data::Form(form) => Input::Form(Cow::Borrowed(form)),
        }
    }
}

impl<'a> Input<'a> {
    pub(super) fn is_form(&self) -> bool {
        matches!(self, Input::Form(_))
    }

    /// Returns the input of a field.
    pub(super) fn value(
        &self,
        field: &FieldDescription,
        input: FormInput,
        unticked: Option<Value>,
        partial: bool,
    ) -> Option<Cow<'a, Value>> {
        let form = match self {
            Input::Json(value) => return get(value, field.name),
            Input::Form(form) => form,
        };
        let values = || form.getlist(field.name).to_vec();
        let given = form.contains_key(field.name);
        match input {
            FormInput::One if !given => unticked.filter(|_| !partial && !field.defaulted).map(Cow::Owned),
            FormInput::One => one(form.get(field.name)?, field).map(Cow::Owned),
            FormInput::Many => (given || !partial).then(|| Cow::Owned(Value::List(values()))),
            FormInput::List if given => Some(Cow::Owned(Value::List(values()))),
            FormInput::List => {
                let items = form_list(form, field.name)?.into_iter().map(FormItem::into_value);
                Some(Cow::Owned(Value::List(items.collect())))
            }
            FormInput::Dict => match form_dict(form, field.name) {
                Some(part) => Some(Cow::Owned(last_values(&part))),
                None => given.then(|| Cow::Owned(Value::Dict(Dict::new()))),
            },
        }
    }

    /// Returns whether the client sent a field.
    pub(super) fn has(&self, name: &str) -> bool {
        match self {
            Input::Json(value) => value.get(name).is_some(),
            Input::Form(form) => form.contains_key(name),
        }
    }

    /// Returns the object that the client sent for a field.
    pub(super) fn object(&self, name: &str) -> Option<Input<'a>> {
        match self {
            Input::Json(value) => get(value, name).map(Input::Json),
            Input::Form(form) => form_dict(form, name).map(|part| Input::Form(Cow::Owned(part))),
        }
    }

    /// Returns the objects that the client sent for a field, or what it sent in their place.
    pub(super) fn objects(&self, name: &str) -> Option<Objects<'a>> {
        match self {
            Input::Json(value) => get(value, name).map(|value| Input::Json(value).into_objects()),
            Input::Form(form) => form_list(form, name).map(objects),
        }
    }

    /// Returns the objects of a list, or what it is instead.
    pub(super) fn into_objects(self) -> Objects<'a> {
        match self {
            Input::Json(Cow::Borrowed(Value::List(items))) => {
                Ok(items.iter().map(|item| Input::Json(Cow::Borrowed(item))).collect())
            }
            Input::Json(Cow::Owned(Value::List(items))) => {
                Ok(items.into_iter().map(|item| Input::Json(Cow::Owned(item))).collect())
            }
            Input::Form(form) => objects(form_list(&form, "").unwrap_or_else(Vec::new)),
            Input::Json(other) => Err(other),
        }
    }

    /// Returns the value, if it is no object.
    pub(super) fn other_than_object(&self) -> Option<&Value> {
        match self {
            Input::Form(_) => None,
            Input::Json(value) => (!matches!(**value, Value::Dict(_))).then_some(&**value),
        }
    }
}

type Objects<'a> = Result<Vec<Input<'a>>, Cow<'a, Value>>;

fn objects<'a>(items: Vec<FormItem>) -> Objects<'a> {
    Ok(items.into_iter().map(FormItem::into_source).collect())
}

fn get<'a>(value: &Cow<'a, Value>, name: &str) -> Option<Cow<'a, Value>> {
    match value {
        Cow::Borrowed(value) => value.get(name).map(Cow::Borrowed),
        Cow::Owned(value) => value.get(name).cloned().map(Cow::Owned),
    }
}

/// Empty text means "nothing" where that is allowed.
fn one(value: &Value, field: &FieldDescription) -> Option<Value> {
    if value.as_str() == Some("") && !field.allow_blank {
        if field.allow_null {
            return Some(Value::Null);
        }
        if !field.required {
            return None;
        }
    }
    Some(value.clone())
}

/// An item of a list in a form.
enum FormItem {
    Value(Value),
    Object(QueryDict),
}

impl FormItem {
    fn into_value(self) -> Value {
        match self {
            FormItem::Value(value) => value,
            FormItem::Object(part) => last_values(&part),
        }
    }

    fn into_source<'a>(self) -> Input<'a> {
        match self {
            FormItem::Value(value) => Input::Json(Cow::Owned(value)),
            FormItem::Object(part) => Input::Form(Cow::Owned(part)),
        }
    }
}

/// `name[0]=a`, `name[0]key=a`. DRF's `parse_html_list`.
fn form_list(form: &QueryDict, name: &str) -> Option<Vec<FormItem>> {
    let mut items: BTreeMap<u64, FormItem> = BTreeMap::new();
    for (key, values) in form.lists() {
        let Some((index, key)) = indexed(key, name) else { continue };
        let Some(value) = values.last().cloned() else { continue };
        match items.get_mut(&index) {
            _ if key.is_empty() => {
                items.insert(index, FormItem::Value(value));
            }
            Some(FormItem::Object(part)) => part.append(key, value),
            _ => {
                items.insert(index, FormItem::Object(QueryDict::from_iter([(key, value)])));
            }
        }
    }
    (!items.is_empty()).then(|| items.into_values().collect())
}

fn indexed<'k>(key: &'k str, name: &str) -> Option<(u64, &'k str)> {
    let (index, rest) = key.strip_prefix(name)?.strip_prefix('[')?.split_once(']')?;
    let digits = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
    Some((index.parse().ok().filter(|_| digits)?, rest))
}

/// `name.key=value`. DRF's `parse_html_dict`.
fn form_dict(form: &QueryDict, name: &str) -> Option<QueryDict> {
    let mut part = QueryDict::default();
    for (key, values) in form.lists() {
        let Some(key) = key.strip_prefix(name).and_then(|rest| rest.strip_prefix('.')) else { continue };
        if !key.is_empty() {
            part.extend(values.iter().map(|value| (key, value.clone())));
        }
    }
    (!part.is_empty()).then_some(part)
}

fn last_values(form: &QueryDict) -> Value {
    let last = |(key, values): (&str, &[Value])| Some((key.to_owned(), values.last()?.clone()));
    Value::Dict(form.lists().filter_map(last).collect())
}
