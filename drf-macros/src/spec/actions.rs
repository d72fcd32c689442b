use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, FnArg, ImplItem, ImplItemFn, ItemImpl, LitStr, Meta, Pat, PatType, ReturnType, Type};

use super::{Policies, Verb, checks};
use crate::args::{ActionArgs, ArgumentsOf, Given, doc_comment, named_groups, take_attributes};
use crate::diagnostics::{Errors, err};
use crate::ident::unraw;

/// The extra actions of a viewset.
pub(crate) struct ActionsSpec {
    pub(crate) view_set: Type,
    pub(crate) actions: Vec<ExtraAction>,
    /// The keys of all `#[action(..)]`, for the editor
    pub(crate) keys: Vec<Ident>,
}

/// A function with `#[action]`.
pub(crate) struct ExtraAction {
    pub(crate) ident: Ident,
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) detail: bool,
    pub(crate) methods: Vec<Ident>,
    pub(crate) url_path: LitStr,
    pub(crate) url_name: String,
    /// The standard action that the function is
    pub(crate) verb: Option<Verb>,
    /// The type of the first parameter, for errors
    pub(crate) request: Option<Type>,
    /// The place of the type of the result, for errors
    pub(crate) output: Span,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) policies: Policies,
    pub(crate) serializer: Option<Type>,
    pub(crate) filter_backends: Option<Vec<Expr>>,
    pub(crate) parsers: Option<Vec<Expr>>,
    pub(crate) renderers: Option<Vec<Expr>>,
}

/// A parameter after the request.
pub(crate) enum Parameter {
    /// A part of the URL that a group of `url_path` names
    Kwarg(Ident, Box<Type>),
    /// The part of the URL that the viewset calls `lookup_url_kwarg`
    Lookup(Ident, Box<Type>),
    /// The row
    Object(Box<Type>),
}

impl ActionsSpec {
    /// Takes `#[action]` off the functions.
    pub(crate) fn new(item: &mut ItemImpl, errors: &mut Errors) -> Self {
        let (mut actions, mut keys) = (Vec::new(), Vec::new());
        for item in &mut item.items {
            let ImplItem::Fn(function) = item else { continue };
            let Some(arguments) = arguments(function, errors) else { continue };
            let verb = Verb::named(&function.sig.ident.to_string()).filter(|_| arguments.is_empty());
            let args = match verb {
                Some(verb) => ActionArgs::standard(verb.is_detail(), function.sig.ident.span()),
                None => ActionArgs::read(arguments, errors),
            };
            keys.extend(args.keys.iter().cloned());
            let mut problems = Errors::default();
            checks::action::check(&args, function, verb, &mut problems);
            let action = ExtraAction::new(args, function, verb, &mut problems);
            let problems = problems.into_inner();
            // A call of a broken one would only add errors of the compiler.
            if problems.is_empty() {
                actions.push(action);
            }
            errors.extend(problems);
            if verb.is_none() {
                hide_standard(function);
            }
        }
        checks::action::routes(&actions, errors);
        Self { view_set: (*item.self_ty).clone(), actions, keys }
    }
}

/// Renames a function that the viewset has already, which is reported.
fn hide_standard(function: &mut ImplItemFn) {
    if Verb::named(&function.sig.ident.to_string()).is_some() {
        let name = &function.sig.ident;
        function.sig.ident = Ident::new(&format!("__drf_{name}"), name.span());
    }
}

fn arguments(function: &mut ImplItemFn, errors: &mut Errors) -> Option<TokenStream> {
    let mut attributes = take_attributes(&mut function.attrs, &["action"]).into_iter();
    let first = attributes.next()?;
    for second in attributes {
        errors.push(err!(second.path(), "a second `#[action]` on `{}`", function.sig.ident));
    }
    match first.meta {
        Meta::List(list) => Some(list.tokens),
        _ => Some(TokenStream::new()),
    }
}

impl ExtraAction {
    fn new(args: ActionArgs, function: &ImplItemFn, verb: Option<Verb>, errors: &mut Errors) -> Self {
        let ident = function.sig.ident.clone();
        let name = unraw(&ident);
        let path = args.url_path.as_ref().map(|given| given.value.clone());
        let url_path = path.unwrap_or_else(|| LitStr::new(&name, ident.span()));
        let url_name = args.url_name.as_ref().map(|given| given.value.value());
        let parameters = parameters(&args, function, &url_path, errors);
        Self {
            url_name: url_name.unwrap_or_else(|| name.replace('_', "-")),
            docs: doc_comment(&function.attrs),
            detail: args.detail.is_some(),
            methods: args.methods.map_or_else(|| vec![Ident::new("GET", ident.span())], Given::into_value),
            request: typed(function).next().map(|parameter| (*parameter.ty).clone()),
            output: output(function),
            policies: Policies::new(&args.policies, args.pagination.as_ref()),
            serializer: args.serializer.map(Given::into_value),
            filter_backends: args.filter_backends.map(Given::into_value),
            parsers: args.parsers.map(Given::into_value),
            renderers: args.renderers.map(Given::into_value),
            parameters,
            verb,
            url_path,
            name,
            ident,
        }
    }
}

fn output(function: &ImplItemFn) -> Span {
    match &function.sig.output {
        ReturnType::Type(_, ty) => ty.span(),
        ReturnType::Default => function.sig.ident.span(),
    }
}

pub(crate) fn typed(function: &ImplItemFn) -> impl Iterator<Item = &PatType> {
    function.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(parameter) => Some(parameter),
        FnArg::Receiver(_) => None,
    })
}

/// Returns the parameters after the request. One that is called like a group of `url_path` is a part of the URL. Of the others, one
/// of a type that keys have is the part that names the row, and one of another type is the row.
fn parameters(
    args: &ActionArgs,
    function: &ImplItemFn,
    path: &LitStr,
    errors: &mut Errors,
) -> Vec<Parameter> {
    let groups = named_groups(&path.value());
    let mut all = Vec::new();
    for parameter in typed(function).skip(1) {
        let known = |name: &str| groups.iter().any(|group| group == name);
        let group = binding(parameter).filter(|name| known(&unraw(name)));
        let lookup = binding(parameter).filter(|_| args.detail.is_some() && is_key(&parameter.ty));
        let ty = parameter.ty.clone();
        match group {
            Some(name) => all.push(Parameter::Kwarg(name.clone(), ty)),
            None => match lookup {
                Some(name) => all.push(Parameter::Lookup(name.clone(), ty)),
                None if args.detail.is_some() && !has_object(&all) => all.push(Parameter::Object(ty)),
                None => errors.push(checks::action::unknown_parameter(parameter, args, &groups)),
            },
        }
    }
    all
}

/// Tells whether a type is one that keys have, and no row.
fn is_key(ty: &Type) -> bool {
    const KEYS: &[&str] = &["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "String", "Uuid"];
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|last| KEYS.iter().any(|key| last.ident == key))
}

fn has_object(parameters: &[Parameter]) -> bool {
    parameters.iter().any(|parameter| matches!(parameter, Parameter::Object(_)))
}

fn binding(parameter: &PatType) -> Option<&Ident> {
    match &*parameter.pat {
        Pat::Ident(pattern) => Some(&pattern.ident),
        _ => None,
    }
}

impl Parameter {
    /// Returns the type as written.
    pub(crate) fn ty(&self) -> impl ToTokens {
        match self {
            Parameter::Kwarg(_, ty) | Parameter::Lookup(_, ty) | Parameter::Object(ty) => ty,
        }
    }
}
