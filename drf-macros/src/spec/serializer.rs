use proc_macro2::{Ident, TokenStream};
use syn::{Fields, ItemStruct, LitInt, LitStr, Path, Visibility};

use super::field::Surroundings;
use super::{FieldSpec, Source, checks};
use crate::args::{ListArgs, SerializerArgs, allowed_lints, unraw};
use crate::diagnostics::{Errors, Result, err, way_out};

/// A serializer.
pub(crate) struct SerializerSpec {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    /// The lints that the struct allows
    pub(crate) allowed: Vec<TokenStream>,
    /// `None` of a plain serializer. An error stands in the place of the type, whose uses are then no errors
    pub(crate) entity: Option<Result<Path>>,
    pub(crate) fields: Vec<FieldSpec>,
    pub(crate) unique_together: Vec<UniqueTogether>,
    pub(crate) unique_for: Vec<UniqueFor>,
    pub(crate) validate: Option<Path>,
    pub(crate) create: Option<Path>,
    pub(crate) update: Option<Path>,
    pub(crate) list: Option<ListArgs>,
    pub(crate) depth: Option<LitInt>,
    /// Columns that the model's own hooks set
    pub(crate) provided: Vec<Source>,
    pub(crate) keys: Vec<Ident>,
}

/// Fields that no two rows may have equal together.
pub(crate) struct UniqueTogether {
    pub(crate) fields: Vec<String>,
    pub(crate) message: Option<LitStr>,
}

/// A field that no two rows of the same day, month or year may have equal.
pub(crate) struct UniqueFor {
    pub(crate) field: String,
    pub(crate) date: String,
    /// `Date`, `Month` or `Year`
    pub(crate) period: &'static str,
}

impl SerializerSpec {
    /// Takes the helper attributes out of the item.
    pub(crate) fn new(arguments: TokenStream, item: &mut ItemStruct, errors: &mut Errors) -> Self {
        let args = SerializerArgs::read(arguments, errors);
        checks::relations(&args.relations, errors);
        checks::serializer::check(&args, errors);
        let fields = fields(&mut item.fields, &args, errors);
        let unique_together = unique_together(&args, &fields, errors);
        let unique_for = unique_for(&args, &fields, errors);
        Self {
            ident: item.ident.clone(),
            vis: item.vis.clone(),
            allowed: allowed_lints(&item.attrs),
            entity: args.entity,
            fields,
            unique_together,
            unique_for,
            validate: args.validate.map(|given| given.value),
            create: args.create.map(|given| given.value),
            update: args.update.map(|given| given.value),
            list: args.list.map(|given| given.value),
            depth: args.depth.map(|given| given.value),
            provided: args.provided.iter().map(|name| Source::own(name.clone(), &args.relations)).collect(),
            keys: args.keys,
        }
    }

    /// Whether it has no entity.
    pub(crate) fn is_plain(&self) -> bool {
        self.entity.is_none()
    }

    /// The variant of the runtime's `SerializerHooks`; `None` for its default.
    pub(crate) fn hooks(&self) -> Option<&'static str> {
        let saves = self.create.is_some() || self.update.is_some();
        let validates = self.validate.is_some().then_some("Validate");
        saves.then_some("Save").or(validates)
    }

    /// What input can set.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &FieldSpec> {
        self.fields.iter().filter(|field| field.is_input())
    }
}

fn fields(fields: &mut Fields, args: &SerializerArgs, errors: &mut Errors) -> Vec<FieldSpec> {
    let fields = fields.iter_mut().enumerate();
    let surroundings = Surroundings {
        relations: &args.relations,
        plain: args.entity.is_none(),
        saved_by_hooks: args.create.is_some() && args.update.is_some(),
    };
    fields.filter_map(|(index, field)| FieldSpec::new(index, field, &surroundings, errors)).collect()
}

/// A rule that names a field that is not there is left out, and said.
fn unique_together(args: &SerializerArgs, fields: &[FieldSpec], errors: &mut Errors) -> Vec<UniqueTogether> {
    let known: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let mut rules = Vec::new();
    for given in &args.unique_together {
        checks::serializer::unique_together(given, errors);
        let names: Vec<String> = given.value.fields.iter().map(unraw).collect();
        if are_known(&given.key, &given.value.fields, &known, errors) {
            rules.push(UniqueTogether { fields: names, message: given.value.message.clone() });
        }
    }
    rules
}

fn unique_for(args: &SerializerArgs, fields: &[FieldSpec], errors: &mut Errors) -> Vec<UniqueFor> {
    let known: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let mut rules = Vec::new();
    for given in &args.unique_for {
        let [field, date] = given.value.as_slice() else { continue };
        let period = match given.key.to_string().as_str() {
            "unique_for_date" => "Date",
            "unique_for_month" => "Month",
            _ => "Year",
        };
        if are_known(&given.key, &given.value, &known, errors) {
            rules.push(UniqueFor { field: unraw(field), date: unraw(date), period });
        }
    }
    rules
}

/// Whether all names are fields of the serializer. Each that is none is said.
fn are_known(key: &Ident, names: &[Ident], known: &[&str], errors: &mut Errors) -> bool {
    let unknown = |name: &&Ident| !known.contains(&unraw(name).as_str());
    for name in names.iter().filter(unknown) {
        let way_out = way_out(&unraw(name), known);
        errors.push(err!(name, "`{key}` names `{name}`, which is no field of this serializer\n{way_out}"));
    }
    !names.iter().any(|name| unknown(&name))
}
