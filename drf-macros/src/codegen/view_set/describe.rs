use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::Expr;
use syn::spanned::Spanned;

use super::filters::filters;
use super::types::{entity, serializer};
use crate::codegen::policies::policies;
use crate::codegen::source::{mention, sources};
use crate::codegen::{code, code_at};
use crate::paths::{
    Action, NamedColumn, NamedRelation, ParserClass, RendererClass, RuntimePath, ViewDescription, ViewSet,
    hooks,
};
use crate::spec::{Source, Verb, ViewSetSpec};

/// The table of all declarations.
///
/// expands to:
/// ```ignore
/// impl ViewSet for PublisherViewSet {
///     fn describe() -> ViewDescription {
///         use NoActions as _;
///         let name = column::<__drf_Entity, _>(|model| &model.name).named("name");
///         ViewDescription::new::<__drf_Entity>("PublisherViewSet", "")
///             .permission(..)
///             .search(SearchFilter::new().field(&name, lookups::icontains))
///             .action(Action::list(|request| Box::pin(Self::list(request))).serializer::<__drf_Serializer>())
///             .actions(hooks::ActionsOf::<Self>::viewset().all())
///     }
/// }
/// ```
pub(super) fn describe(spec: &ViewSetSpec) -> TokenStream {
    let (ident, name, docs) = (&spec.ident, spec.ident.to_string(), &spec.docs);
    let entity = entity(spec).into_token_stream();
    let imports = imports(spec);
    let columns = sources(&entity, mentioned(spec));
    let lookup = lookup(spec);
    let policies = policies(&spec.policies);
    let filters = filters(spec, &entity);
    let classes = classes(spec);
    let cascade = spec.cascade.iter().map(mention);
    let (get_object, atomic) = (get_object(), spec.atomic.then(|| code!(.atomic())));
    let actions = spec.verbs.iter().map(|verb| action(spec, *verb));
    let backends = spec.filter_backends.iter().map(filter_backend);
    code! {
        #[automatically_derived]
        impl #ViewSet for #ident {
            fn describe() -> #ViewDescription {
                #imports
                #columns
                #ViewDescription::new::<#entity>(#name, #docs)
                    #lookup
                    #policies
                    #filters
                    #(#backends)*
                    #classes
                    #get_object
                    #atomic
                    #(.cascade(#cascade))*
                    #(#actions)*
                    .actions(#hooks::ActionsOf::<Self>::viewset().all())
            }
        }
    }
}

/// expands to: `use {NamedColumn as _, NamedRelation as _, NoActions as _};`
fn imports(spec: &ViewSetSpec) -> TokenStream {
    let columns = mentioned(spec).next().is_some().then(|| code!(#NamedColumn as _, #NamedRelation as _,));
    code! {
        #[allow(unused_imports)]
        use {#columns #hooks::NoActions as _};
    }
}

/// Returns the sources in the order in which they are written, some of them several times.
fn mentioned(spec: &ViewSetSpec) -> impl Iterator<Item = &Source> {
    let filters = &spec.filters;
    let filtered = filters.filterset.iter().map(|(source, _)| source);
    let searched = filters.search.iter().map(|(source, _)| source);
    let ordered = filters.ordering_fields.iter().chain(filters.ordering.iter().map(|order| &order.source));
    spec.lookup_field.iter().chain(&spec.cascade).chain(filtered).chain(searched).chain(ordered)
}

/// expands to: `.lookup_field(&isbn).lookup_url_kwarg("isbn")`
fn lookup(spec: &ViewSetSpec) -> TokenStream {
    let field = spec.lookup_field.iter().map(mention);
    let (kwarg, regex) = (spec.lookup_url_kwarg.iter(), spec.lookup_value_regex.iter());
    code!(#(.lookup_field(#field))* #(.lookup_url_kwarg(#kwarg))* #(.lookup_value_regex(#regex))*)
}

/// expands to: `.parsers([ParserClass::new(JSONParser)]).exception_handler(handle)`
fn classes(spec: &ViewSetSpec) -> TokenStream {
    let parsers = spec.parsers.iter().map(|classes| wrapped(&ParserClass, classes));
    let renderers = spec.renderers.iter().map(|classes| wrapped(&RendererClass, classes));
    let exception_handler = spec.exception_handler.iter().map(|function| {
        let span = super::span(function);
        code_at!(span=> .exception_handler(#function))
    });
    code!(#(.parsers(#parsers))* #(.renderers(#renderers))* #(#exception_handler)*)
}

/// expands to: `.filter_backend(OwnerOnly)`
pub(in crate::codegen) fn filter_backend(backend: &Expr) -> TokenStream {
    code_at!(backend.span()=> .filter_backend(#backend))
}

/// expands to: `[ParserClass::new(JSONParser)]`
pub(in crate::codegen) fn wrapped(wrapper: &RuntimePath, classes: &[Expr]) -> TokenStream {
    let classes = classes.iter().map(|class| {
        let wrapper = wrapper.at(class.span());
        code_at!(class.span()=> #wrapper::new(#class))
    });
    code!([#(#classes),*])
}

/// expands to: `.get_object(|request| hooks::found(Self::get_object(request)))`
fn get_object() -> TokenStream {
    code!(.get_object(|request| #hooks::found(Self::get_object(request))))
}

/// expands to: `.action(Action::list(|request| Box::pin(Self::list(request))).serializer::<__drf_Serializer>())`
fn action(spec: &ViewSetSpec, verb: Verb) -> TokenStream {
    let name = Ident::new(verb.name(), Span::mixed_site());
    let called = code!(|request| ::std::boxed::Box::pin(Self::#name(request)));
    let serializer = serializer(spec, verb);
    let serializer = verb.has_serializer().then(|| code!(.serializer::<#serializer>()));
    let hooked = (verb == Verb::Create && spec.hooks.perform_create.is_some()).then(|| code!(.hooked()));
    code!(.action(#Action::#name(#called) #serializer #hooked))
}
