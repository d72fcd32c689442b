use heck::ToSnakeCase;
use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;
use syn::{Attribute, Data, DataEnum, DeriveInput, Fields, Variant};

use super::ChoiceValue;
use crate::args::ChoiceArgs;
use crate::diagnostics::{Error, Errors, Result, bail, err};
use crate::ident::unraw;

/// An enum whose values have labels.
pub(crate) struct ChoicesSpec {
    pub(crate) ident: Ident,
    pub(crate) values: Values,
    pub(crate) choices: Vec<ChoiceSpec>,
    /// The keys of all `#[choice(..)]`, for the editor
    pub(crate) keys: Vec<Ident>,
}

/// The kind of the values of an enum.
pub(crate) enum Values {
    /// The enum of sea-orm has them
    ActiveEnum,
    /// Text
    Text,
    /// Numbers of this type
    Numbers(Ident),
}

/// A variant: its value, unless sea-orm has it, its label and its group.
pub(crate) struct ChoiceSpec {
    pub(crate) variant: Ident,
    pub(crate) value: Option<ChoiceValue>,
    pub(crate) label: String,
    pub(crate) group: Option<String>,
}

impl ChoicesSpec {
    pub(crate) fn new(input: &DeriveInput, errors: &mut Errors) -> Result<Self> {
        let Data::Enum(item) = &input.data else {
            let keyword = match &input.data {
                Data::Struct(item) => item.struct_token.span,
                Data::Union(item) => item.union_token.span,
                Data::Enum(item) => item.enum_token.span,
            };
            bail!(keyword, "`#[derive(Choices)]` can only be applied to an enum");
        };
        if let Some(parameter) = input.generics.params.first() {
            bail!(parameter, "an enum of choices cannot be generic");
        }
        let active = is_active_enum(input);
        let mut seen = SeenValues::new(item);
        let mut choices = Vec::new();
        for variant in &item.variants {
            match unit(variant) {
                Ok(()) => choices.push(choice(variant, active, &mut seen, errors)),
                Err(error) => errors.push(error),
            }
        }
        let values = match seen.values.first() {
            _ if active => Values::ActiveEnum,
            Some((_, value, _)) if value.is_number() => Values::Numbers(number_type(input)),
            _ => Values::Text,
        };
        if let Values::Numbers(number) = &values {
            seen.check_range(number, errors);
        }
        Ok(Self { ident: input.ident.clone(), values, choices, keys: seen.keys })
    }

    /// Tells whether every variant could be read.
    pub(crate) fn is_whole(&self, input: &DeriveInput) -> bool {
        let active = matches!(self.values, Values::ActiveEnum);
        let read = self.choices.iter().filter(|choice| active || choice.value.is_some());
        matches!(&input.data, Data::Enum(item) if item.variants.len() == read.count())
    }
}

/// Tells whether the enum is one of sea-orm: it has an attribute of it, or a variant has.
pub(crate) fn is_active_enum(input: &DeriveInput) -> bool {
    let is_sea_orm = |attribute: &Attribute| attribute.path().is_ident("sea_orm");
    let on_variant = |variant: &Variant| variant.attrs.iter().any(is_sea_orm);
    let variants = matches!(&input.data, Data::Enum(item) if item.variants.iter().any(on_variant));
    variants || input.attrs.iter().any(is_sea_orm)
}

/// Returns the type of the numbers: `#[repr(i32)]`, else `i64`.
fn number_type(input: &DeriveInput) -> Ident {
    let known = ["i8", "i16", "i32", "i64", "u8", "u16", "u32"];
    let reprs = input.attrs.iter().filter(|attribute| attribute.path().is_ident("repr"));
    let mut names = reprs.filter_map(|repr| repr.parse_args::<Ident>().ok());
    let found = names.find(|name| known.iter().any(|known| name == known));
    found.unwrap_or_else(|| Ident::new("i64", Span::call_site()))
}

/// `Other(String)`
fn unit(variant: &Variant) -> Result<()> {
    match variant.fields {
        Fields::Unit => Ok(()),
        _ => bail!(variant.ident, "a choice is a value without fields\nhelp: write `{}`", variant.ident),
    }
}

fn choice(variant: &Variant, active: bool, seen: &mut SeenValues, errors: &mut Errors) -> ChoiceSpec {
    let args = ChoiceArgs::of(variant, errors);
    seen.keys.extend(args.keys.iter().cloned());
    let value = match &args.value {
        Some(given) if active => {
            let help = "help: write `#[sea_orm(string_value = \"..\")]` or `#[sea_orm(num_value = ..)]`";
            errors.push(err!(given.key, "the values of this enum are those of sea-orm\n{help}"));
            None
        }
        _ if active => None,
        _ => errors.handle(seen.value(variant, &args)),
    };
    ChoiceSpec {
        variant: variant.ident.clone(),
        value,
        label: args.label(variant),
        group: args.group.map(|group| group.value.value()),
    }
}

/// The values so far: they differ, and are all of one kind.
struct SeenValues {
    /// Variants are numbered, as Rust numbers them: `One = 1, Two`
    counts: bool,
    next: i64,
    keys: Vec<Ident>,
    /// Variant, value, and the place of the value
    values: Vec<(Ident, ChoiceValue, Span)>,
}

impl SeenValues {
    fn new(item: &DataEnum) -> Self {
        Self {
            counts: item.variants.iter().any(|variant| variant.discriminant.is_some()),
            next: 0,
            keys: Vec::new(),
            values: Vec::new(),
        }
    }

    /// Returns `value = ..`, else the number of the variant, else its name in snake case.
    fn value(&mut self, variant: &Variant, args: &ChoiceArgs) -> Result<ChoiceValue> {
        let counted = self.count(variant)?;
        let written = args.value.as_ref().map(|given| (given.value.clone(), given.span()));
        let (value, span) = written.or(counted).unwrap_or_else(|| {
            (ChoiceValue::Text(unraw(&variant.ident).to_snake_case()), variant.ident.span())
        });
        self.check(&value, span)?;
        self.values.push((variant.ident.clone(), value.clone(), span));
        Ok(value)
    }

    fn count(&mut self, variant: &Variant) -> Result<Option<(ChoiceValue, Span)>> {
        let mut span = variant.ident.span();
        if let Some((_, written)) = &variant.discriminant {
            span = written.span();
            self.next = match ChoiceValue::of(written) {
                Some(ChoiceValue::Number(number)) => number,
                _ => {
                    bail!(written, "the value of a choice is a literal\nhelp: write `#[choice(value = ..)]`")
                }
            };
        }
        let number = self.next;
        self.next = number.saturating_add(1);
        Ok(self.counts.then_some((ChoiceValue::Number(number), span)))
    }

    /// `#[choice(value = 300)]` in a `#[repr(u8)]`
    fn check_range(&self, number: &Ident, errors: &mut Errors) {
        for (_, value, span) in &self.values {
            if let ChoiceValue::Number(value) = value
                && !fits(*value, number)
            {
                let text = format!("`{value}` is not in the range of `{number}`\nhelp: write `#[repr(i64)]`");
                errors.push(wrong(*span, text));
            }
        }
    }

    fn check(&self, value: &ChoiceValue, span: Span) -> Result<()> {
        if let Some((other, ..)) = self.values.iter().find(|(_, known, _)| known == value) {
            return Err(wrong(
                span,
                format!("`{value}` is the value of `{other}` already\nhelp: write another one"),
            ));
        }
        match self.values.first() {
            Some((first, known, _)) if known.is_number() != value.is_number() => {
                let text = format!(
                    "the values of choices are all text or all numbers: that of `{first}` is `{known}`"
                );
                Err(wrong(span, format!("{text}\nhelp: write `#[choice(value = ..)]` on each variant")))
            }
            _ => Ok(()),
        }
    }
}

fn fits(value: i64, number: &Ident) -> bool {
    match number.to_string().as_str() {
        "i8" => i8::try_from(value).is_ok(),
        "i16" => i16::try_from(value).is_ok(),
        "i32" => i32::try_from(value).is_ok(),
        "u8" => u8::try_from(value).is_ok(),
        "u16" => u16::try_from(value).is_ok(),
        "u32" => u32::try_from(value).is_ok(),
        _ => true,
    }
}

fn wrong(span: Span, text: String) -> Error {
    Error::custom(text).with_span(&span)
}
