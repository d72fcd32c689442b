use proc_macro2::{Ident, TokenStream};
use syn::{Fields, ItemStruct, LitBool, LitInt, LitStr, Path, Visibility};

use super::field::SerializerContext;
use super::{FieldSpec, Source, checks};
use crate::args::{ArgumentsOf, FieldAndDate, Given, ListArgs, Relation, SerializerArgs, allowed_lints};
use crate::diagnostics::{Errors, Result, err, help};
use crate::ident::unraw;

/// A serializer.
pub(crate) struct SerializerSpec {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    /// The lints that the struct allows
    pub(crate) allowed: Vec<TokenStream>,
    /// `None` of a plain serializer. An error takes the place of the type, whose uses are then no further errors
    pub(crate) entity: Option<Result<Path>>,
    pub(crate) fields: Vec<FieldSpec>,
    pub(crate) unique_together: Vec<UniqueTogether>,
    pub(crate) unique_for: Vec<UniqueFor>,
    pub(crate) validate: Option<Path>,
    pub(crate) create: Option<Path>,
    pub(crate) update: Option<Path>,
    pub(crate) list: Option<ListSpec>,
    pub(crate) depth: Option<LitInt>,
    /// The columns that the model's own hooks set
    pub(crate) provided: Vec<Source>,
    pub(crate) keys: Vec<Ident>,
}

/// Fields whose values are unique together.
pub(crate) struct UniqueTogether {
    pub(crate) fields: Vec<String>,
    pub(crate) message: Option<LitStr>,
}

/// A field whose values are unique among the rows of a day, month or year.
pub(crate) struct UniqueFor {
    pub(crate) field: String,
    pub(crate) date: String,
    /// `Date`, `Month` or `Year`
    pub(crate) period: &'static str,
}

/// The limits of a list of objects.
pub(crate) struct ListSpec {
    pub(crate) allow_empty: Option<LitBool>,
    pub(crate) min_length: Option<LitInt>,
    pub(crate) max_length: Option<LitInt>,
    pub(crate) validate: Option<Path>,
}

impl ListSpec {
    fn new(args: ListArgs) -> Self {
        Self {
            allow_empty: args.allow_empty.map(Given::into_value),
            min_length: args.min_length.map(Given::into_value),
            max_length: args.max_length.map(Given::into_value),
            validate: args.validate.map(Given::into_value),
        }
    }
}

impl SerializerSpec {
    /// Takes the helper attributes out of the item.
    pub(crate) fn new(arguments: TokenStream, item: &mut ItemStruct, errors: &mut Errors) -> Self {
        let args = SerializerArgs::read(arguments, errors);
        checks::relations(args.relations.as_ref(), errors);
        checks::serializer::check(&args, errors);
        let fields = fields(&mut item.fields, &args, errors);
        let unique_together = unique_together(&args, &fields, errors);
        let unique_for = unique_for(&args, &fields, errors);
        Self {
            ident: item.ident.clone(),
            vis: item.vis.clone(),
            allowed: allowed_lints(&item.attrs),
            entity: entity(&args),
            provided: provided(&args),
            fields,
            unique_together,
            unique_for,
            validate: args.validate.map(|given| given.value),
            create: args.create.map(|given| given.value),
            update: args.update.map(|given| given.value),
            list: args.list.map(|given| ListSpec::new(given.value)),
            depth: args.depth.map(|given| given.value),
            keys: args.keys,
        }
    }

    /// Tells whether it has no entity.
    pub(crate) fn is_plain(&self) -> bool {
        self.entity.is_none()
    }

    /// Returns the variant of the runtime's `SerializerHooks`; `None` for its default.
    pub(crate) fn hooks(&self) -> Option<&'static str> {
        let saves = self.create.is_some() || self.update.is_some();
        let validates = self.validate.is_some().then_some("Validate");
        saves.then_some("Save").or(validates)
    }

    /// Returns the fields that input can set.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &FieldSpec> {
        self.fields.iter().filter(|field| field.is_input())
    }
}

fn fields(fields: &mut Fields, args: &SerializerArgs, errors: &mut Errors) -> Vec<FieldSpec> {
    let fields = fields.iter_mut().enumerate();
    let context = SerializerContext {
        relations: declared_relations(args),
        plain: args.entity.is_none(),
        saved_by_hooks: args.create.is_some() && args.update.is_some(),
    };
    fields.filter_map(|(index, field)| FieldSpec::new(index, field, &context, errors)).collect()
}

fn declared_relations(args: &SerializerArgs) -> &[Relation] {
    args.relations.as_ref().map(|given| given.value.as_slice()).unwrap_or_default()
}

/// `entity = publisher::Entity`. A hook that saves rows needs one: where it is missing, the error takes its place, so
/// that the use of the entity by the hook is no second error.
fn entity(args: &SerializerArgs) -> Option<Result<Path>> {
    let hook = args.keys.iter().find(|key| *key == "create" || *key == "update");
    let given = args.entity.as_ref().map(|given| given.value.clone());
    given.or_else(|| hook.map(|key| Err(checks::serializer::needs_entity(key))))
}

fn provided(args: &SerializerArgs) -> Vec<Source> {
    let names = args.provided.iter().flat_map(|given| &given.value);
    names.map(|name| Source::own(name, declared_relations(args))).collect()
}

/// Returns the rules, without those that name a field that does not exist, which is reported.
fn unique_together(args: &SerializerArgs, fields: &[FieldSpec], errors: &mut Errors) -> Vec<UniqueTogether> {
    let known: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let mut rules = Vec::new();
    for given in &args.unique_together {
        checks::serializer::unique_together(given, errors);
        let names: Vec<String> = given.value.fields.iter().map(unraw).collect();
        if are_known(&given.key, &given.value.fields.iter().collect::<Vec<_>>(), &known, errors) {
            rules.push(UniqueTogether { fields: names, message: given.value.message.clone() });
        }
    }
    rules
}

fn unique_for(args: &SerializerArgs, fields: &[FieldSpec], errors: &mut Errors) -> Vec<UniqueFor> {
    let known: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let mut rules = Vec::new();
    let dates =
        [("Date", &args.unique_for_date), ("Month", &args.unique_for_month), ("Year", &args.unique_for_year)];
    for (period, given) in
        dates.into_iter().flat_map(|(period, all)| all.iter().map(move |given| (period, given)))
    {
        let FieldAndDate { field, date } = &given.value;
        if are_known(&given.key, &[field, date], &known, errors) {
            rules.push(UniqueFor { field: unraw(field), date: unraw(date), period });
        }
    }
    rules
}

/// Tells whether all names are fields of the serializer, and reports the others.
fn are_known(key: &Ident, names: &[&Ident], known: &[&str], errors: &mut Errors) -> bool {
    let unknown = |name: &&&Ident| !known.contains(&unraw(name).as_str());
    for name in names.iter().filter(unknown) {
        let help = help(&unraw(name), known);
        errors.push(err!(name, "`{key}` names `{name}`, which is not a field of this serializer\n{help}"));
    }
    !names.iter().any(|name| unknown(&name))
}
