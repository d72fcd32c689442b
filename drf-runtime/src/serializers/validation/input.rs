use indexmap::IndexMap;

use super::ValidationMode;
use super::defaults::{DefaultContext, FieldDefault};
use super::form::Input;
use super::unique::Wanted;

use crate::exceptions::{Detail, Error, Result, ValidationError};
use crate::fields::{DbValue, Field, FieldDescription, References};
use crate::request::Request;
use crate::serializers::SerializerDescription;
use crate::value::Value;

/// Input that is being validated: fields are taken out one by one, errors are collected by field.
#[derive(Debug)]
pub struct Validation<'a> {
    pub(in crate::serializers) description: &'static SerializerDescription,
    pub(super) data: Input<'a>,
    pub(super) mode: ValidationMode,
    /// True if the primary key is read: it says which of several rows is meant
    pub(super) reads_key: bool,
    /// The primary key that was read: its row does not stand in its own way
    pub(super) own_key: Option<sea_orm::Value>,
    /// True if a row will be made of it, whatever the change around it leaves out
    pub(super) inserts: bool,
    /// The fields that were left out, without which there is no row. They are told if all else is valid: DRF would not
    /// tell them, and fail to insert the row.
    missing: Vec<usize>,
    pub(in crate::serializers) request: &'a Request,
    pub(in crate::serializers) errors: Vec<Option<Detail>>,
    /// The error of a default
    pub(super) failure: Option<Error>,
    /// The errors of the object as a whole
    pub(super) whole: Option<Detail>,
    /// The objects inside of it
    pub(super) children: Vec<Child<'a>>,
    pub(in crate::serializers) references: References<'a>,
    pub(super) uniques: Vec<(usize, sea_orm::Value)>,
    /// Values that must be unique together, and that no row has
    pub(super) free: Vec<Vec<Wanted>>,
    /// The defaults of fields that are read-only: validators of the whole object know them
    pub(super) shown: Vec<(usize, sea_orm::Value)>,
}

/// An object inside of another one.
#[derive(Debug)]
pub(super) struct Child<'a> {
    pub(super) field: usize,
    /// True if it is one of a list
    pub(super) listed: bool,
    pub(super) validation: Validation<'a>,
}

impl<'a> Validation<'a> {
    pub(crate) fn new(
        description: &'static SerializerDescription,
        data: Input<'a>,
        request: &'a Request,
        mode: ValidationMode,
    ) -> Self {
        Self {
            description,
            references: References { request, form: data.is_form(), field: 0, items: Vec::new() },
            data,
            mode,
            reads_key: false,
            own_key: None,
            inserts: false,
            missing: Vec::new(),
            request,
            errors: vec![None; description.fields.len()],
            failure: None,
            whole: None,
            children: Vec::new(),
            uniques: Vec::new(),
            free: Vec::new(),
            shown: Vec::new(),
        }
    }

    pub(in crate::serializers) fn has_children(&self) -> bool {
        !self.children.is_empty()
    }

    /// Returns the value of the field with this index: `None` if it is absent or wrong.
    pub fn field<T: Field>(&mut self, index: usize) -> Option<T> {
        self.value(index, |_| None)
    }

    /// Returns the value of the field with this index, or its default if it is absent and not every field must be given.
    pub fn field_or<T: Field>(&mut self, index: usize, default: impl FnOnce() -> T) -> Option<T> {
        self.value(index, |_| Some(default()))
    }

    /// Returns the same with a default that depends on the request.
    pub fn field_with<T: Field>(&mut self, index: usize, default: impl FieldDefault<T>) -> Option<T> {
        let context = self.default_context();
        let mut failure = None;
        let value = self.value(index, |_| {
            default.get_default(&context).unwrap_or_else(|error| {
                failure = Some(error);
                None
            })
        });
        self.failure = self.failure.take().or(failure);
        value
    }

    /// Notes the default of a field that is read-only.
    pub fn shown_with<T: Field>(&mut self, index: usize, default: impl FieldDefault<T>) {
        if self.mode.partial {
            return;
        }
        match default.get_default(&self.default_context()) {
            Ok(Some(value)) => {
                if let DbValue::Value(stored) = value.to_db_value() {
                    self.shown.push((index, stored));
                }
            }
            Ok(None) => {}
            Err(error) => self.failure = self.failure.take().or(Some(error)),
        }
    }

    fn value<T: Field>(&mut self, index: usize, absent: impl FnOnce(&Self) -> Option<T>) -> Option<T> {
        let field = &self.description.fields[index];
        if field.read_only && !(self.reads_key && self.description.is_key(index)) {
            return None;
        }
        let Some(input) = self
            .data
            .value(field, T::FORM, T::ABSENT_IN_FORM.cloned(), self.mode.partial)
            .filter(|_| !field.hidden)
        else {
            if self.mode.partial {
                self.missing.extend((self.inserts && field.required).then_some(index));
                return None;
            }
            if field.required {
                self.fail(index, field.required_error());
                return None;
            }
            return match &field.implied_default {
                Some(default) => self.implied(index, field, default),
                None => absent(self),
            };
        };
        let null = matches!(*input, Value::Null) || (T::IS_RELATION && T::means_null(&input));
        if null && !T::NULLABLE {
            self.fail(index, field.null_error());
            return None;
        }
        self.references.field = index;
        match T::resolve(&input, field, &mut self.references) {
            Ok(value) => self.checked(index, field, value),
            Err(error) => {
                self.fail(index, error);
                None
            }
        }
    }

    /// Returns the default of an absent value. DRF does not validate it.
    fn implied<T: Field>(
        &mut self,
        index: usize,
        field: &'static FieldDescription,
        default: &Value,
    ) -> Option<T> {
        self.references.field = index;
        match T::resolve(default, field, &mut self.references) {
            Ok(value) => Some(value),
            Err(error) => {
                self.reject_default(field, &error);
                None
            }
        }
    }

    /// Fails with a 500 for a default that is no value of its field. Left out, the column would be another one than it says.
    fn reject_default(&mut self, field: &FieldDescription, error: &ValidationError) {
        let failure =
            Error::internal(format!("the default of `{}` is no value of the field: {error}", field.name));
        self.failure = self.failure.take().or(Some(failure));
    }

    fn checked<T: Field>(&mut self, index: usize, field: &'static FieldDescription, value: T) -> Option<T> {
        let is_key = self.reads_key && self.description.is_key(index);
        if (field.unique || is_key)
            && let DbValue::Value(stored) = value.to_db_value()
        {
            if is_key {
                self.own_key = Some(stored);
            } else {
                self.uniques.push((index, stored));
            }
        }
        let mut errors = Vec::new();
        errors.extend(field.validators.iter().filter_map(|validator| (validator.0)(&value).err()));
        value.run_validators(field, &mut errors);
        for error in errors {
            self.fail(index, error);
        }
        Some(value)
    }

    fn default_context(&self) -> DefaultContext<'a> {
        DefaultContext { request: self.request, updates: self.mode.updates }
    }

    /// Runs a validator of one field, DRF's `validate_<field>`, if the field is there and has no error yet.
    pub fn validate<T, E: Into<Error>>(
        &mut self,
        index: usize,
        value: &mut Option<T>,
        validator: impl FnOnce(T) -> Result<T, E>,
    ) {
        if self.is_wrong(index) {
            return;
        }
        let Some(given) = value.take() else { return };
        match validator(given).map_err(Into::into) {
            Ok(valid) => *value = Some(valid),
            Err(Error::Api(error)) => self.fail(index, ValidationError(error.detail)),
            Err(error) => self.fail(index, ValidationError::new(error.to_string())),
        }
    }

    pub(super) fn fail(&mut self, index: usize, error: ValidationError) {
        let slot = &mut self.errors[index];
        match (slot.as_mut(), error.0.into_list()) {
            (Some(Detail::List(messages)), Detail::List(more)) => messages.extend(more),
            (Some(_), _) => {}
            (None, detail) => *slot = Some(detail),
        }
    }

    /// DRF runs the unique validator before those of the field's length and limits.
    pub(super) fn put_first(&mut self, index: usize, error: ValidationError) {
        let later = self.errors[index].take();
        self.fail(index, error);
        if let Some(detail) = later {
            self.fail(index, ValidationError(detail));
        }
    }

    pub(super) fn is_wrong(&self, index: usize) -> bool {
        self.errors[index].is_some()
            || self.children.iter().any(|child| child.field == index && child.validation.has_errors())
    }

    pub(super) fn has_errors(&self) -> bool {
        self.whole.is_some()
            || self.errors.iter().any(Option::is_some)
            || self.children.iter().any(|child| child.validation.has_errors())
    }

    /// Returns the number of errors, those of the objects inside included.
    pub(super) fn error_count(&self) -> usize {
        let own = self.errors.iter().flatten().chain(&self.whole).map(Detail::count).sum::<usize>();
        own + self.children.iter().map(|child| child.validation.error_count()).sum::<usize>()
    }

    /// Takes the reason why a default could not be told, of this object or one inside of it.
    pub(super) fn take_failure(&mut self) -> Option<Error> {
        let inside = |children: &mut Vec<Child<'_>>| {
            children.iter_mut().find_map(|child| child.validation.take_failure())
        };
        self.failure.take().or_else(|| inside(&mut self.children))
    }

    /// This object and all objects inside of it.
    pub(in crate::serializers) fn each(&mut self, visit: &mut impl FnMut(&mut Self)) {
        visit(self);
        self.children.iter_mut().for_each(|child| child.validation.each(visit));
    }

    /// Tells what is missing in rows that will be made. Whether anything is.
    pub(super) fn tell_missing(&mut self) -> bool {
        let mut any = false;
        self.each(&mut |object| {
            for index in std::mem::take(&mut object.missing) {
                object.fail(index, object.description.fields[index].required_error());
                any = true;
            }
        });
        any
    }

    /// Everything that is wrong, by field.
    pub(super) fn into_errors(self) -> Option<Detail> {
        let whole = self.whole;
        let mut inside = errors_inside(self.children);
        let fields = self.description.fields.iter().zip(self.errors).enumerate();
        let named = fields.filter_map(|(index, (field, error))| {
            let error = error.or_else(|| inside.shift_remove(&index))?;
            Some((field.name.to_owned(), error))
        });
        let errors: IndexMap<_, _> = named.collect();
        // What a constraint had to say about a field comes after the validators of the whole, and goes before them.
        if errors.is_empty() { whole } else { Some(Detail::Dict(errors)) }
    }
}

/// Returns the errors of the objects of each field.
fn errors_inside(children: Vec<Child<'_>>) -> IndexMap<usize, Detail> {
    let mut by_field: IndexMap<usize, Vec<Child<'_>>> = IndexMap::new();
    for child in children {
        by_field.entry(child.field).or_default().push(child);
    }
    let detail = |mut children: Vec<Child<'_>>| match children.first()?.listed {
        true => list_errors(children.into_iter().map(|child| child.validation).collect()),
        false => children.pop()?.validation.into_errors(),
    };
    by_field.into_iter().filter_map(|(field, children)| Some((field, detail(children)?))).collect()
}

/// Returns the errors of the objects of a list, each at its place. DRF is on its way from a list of all to a dict of those
/// that are wrong, by the setting `LIST_SERIALIZER_ERRORS_AS_DICT`.
pub(super) fn list_errors(objects: Vec<Validation<'_>>) -> Option<Detail> {
    let request = objects.iter().find(|object| object.has_errors())?.request;
    let errors = objects.into_iter().map(Validation::into_errors);
    Some(if request.settings().list_serializer_errors_as_dict {
        let wrong = errors.enumerate().filter_map(|(index, error)| Some((index.to_string(), error?)));
        Detail::Dict(wrong.collect())
    } else {
        Detail::List(errors.map(|error| error.unwrap_or(Detail::Dict(IndexMap::new()))).collect())
    })
}
