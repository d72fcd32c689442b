use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::Path;

use super::types::{entity, place, serializer};
use super::{call, span};
use crate::codegen::{code, code_at, local};
use crate::paths::{
    Create, Destroy, Entity, QuerySet, Request, Response, Result, Update, generics, hook, hooks,
};
use crate::spec::{Verb, ViewSetSpec};

/// One function for each action, as in DRF's mixins.
///
/// expands to:
/// ```ignore
/// impl PublisherViewSet {
///     fn get_queryset(request: &Request) -> QuerySet { .. }
///     async fn get_object(request: &Request) -> Result<Model<..>> { .. }
///     async fn list(request: &Request) -> Result<Response> { .. }
/// }
/// ```
pub(super) fn handlers(spec: &ViewSetSpec) -> TokenStream {
    let ident = &spec.ident;
    let get_queryset = get_queryset(spec);
    let (get_object, model_type) = (get_object(spec), model_type(spec));
    let verbs = spec.verbs.iter().map(|verb| handler(spec, *verb));
    code! {
        impl #ident {
            #get_queryset
            #get_object
            #model_type
            #(#verbs)*
        }
    }
}

/// expands to: `fn get_queryset(_: &Request) -> QuerySet { QuerySet::all(Entity::of::<publisher::Entity>()) }`
fn get_queryset(spec: &ViewSetSpec) -> TokenStream {
    let entity = entity(spec);
    let (request, rows) = match &spec.hooks.get_queryset {
        None => (code!(_), code!(#QuerySet::all(#Entity::of::<#entity>()))),
        Some(function) => {
            let hook = hook("get_queryset", span(function));
            let called = call(
                &code_at!(span(function)=> #hook::<#entity, _>),
                function,
                local("request", span(function)).into_token_stream(),
            );
            (code!(request), code!(#QuerySet::from_select(#called)))
        }
    };
    code! {
        /// The rows that the actions are about.
        pub(crate) fn get_queryset(#request: &#Request) -> #QuerySet {
            #rows
        }
    }
}

/// It is no `async fn`, so that a type that is no serializer is reported once. The user's `generics` of the prelude would make
/// `__drf::generics`, at the user's place, an unnecessary qualification.
///
/// expands to: `fn get_object(request: &Request) -> hooks::ModelFuture<'_, __drf_Entity> { Box::pin(hooks::get_object::<..>(request, ..)) }`
fn get_object(spec: &ViewSetSpec) -> TokenStream {
    let (entity, module, request) = (entity(spec), hooks.at(place(spec)), local("request", place(spec)));
    let future = code_at!(place(spec)=> #module::ModelFuture<'_, #entity>);
    let queryset = local("queryset", place(spec));
    let found = code_at!(place(spec)=> #module::get_object::<#entity>(#request, #queryset));
    let boxed = code_at!(place(spec)=> ::std::boxed::Box::pin(#found));
    code! {
        /// The row that the URL names.
        #[allow(private_interfaces)]
        pub(crate) fn get_object(request: &#Request) -> #future {
            let #queryset = Self::get_queryset(request);
            #boxed
        }
    }
}

/// The name of the URL's argument and the type that permissions check. `#[actions]` gets the type in this way, since it may be
/// private.
///
/// expands to:
/// ```ignore
/// const __DRF_LOOKUP_URL_KWARG: &'static str = "pk";
/// fn __drf_model() -> hooks::ModelType<__drf_Entity> { hooks::model_type() }
/// ```
fn model_type(spec: &ViewSetSpec) -> TokenStream {
    let (entity, module) = (entity(spec), hooks.at(place(spec)));
    let ty = code_at!(place(spec)=> #module::ModelType<#entity>);
    let value = code_at!(place(spec)=> #module::model_type());
    let kwarg = spec.url_kwarg();
    code! {
        #[allow(dead_code)]
        pub(crate) const __DRF_LOOKUP_URL_KWARG: &'static str = #kwarg;
        #[allow(dead_code, private_interfaces)]
        pub(crate) fn __drf_model() -> #ty {
            #value
        }
    }
}

fn handler(spec: &ViewSetSpec, verb: Verb) -> TokenStream {
    let serializer = &serializer(spec, verb);
    match verb {
        Verb::List => function("`GET` on the list.", verb, &list(serializer)),
        Verb::Create => function("`POST` on the list.", verb, &create(spec, serializer)),
        Verb::Retrieve => function("`GET` on one row.", verb, &retrieve(serializer)),
        Verb::Update => function("`PUT` on one row.", verb, &update(spec, serializer, false)),
        Verb::PartialUpdate => function("`PATCH` on one row.", verb, &update(spec, serializer, true)),
        Verb::Destroy => function("`DELETE` on one row.", verb, &destroy(spec)),
    }
}

/// expands to: `async fn list(request: &Request) -> Result<Response> { .. }`
fn function(docs: &str, verb: Verb, body: &TokenStream) -> TokenStream {
    let docs = format!(" {docs}");
    let name = Ident::new(verb.name(), proc_macro2::Span::call_site());
    code! {
        #[doc = #docs]
        async fn #name(request: &#Request) -> #Result<#Response> {
            #body
        }
    }
}

/// expands to:
/// ```ignore
/// let queryset = Self::get_queryset(request);
/// generics::list::<__drf_Serializer>(request, queryset).await
/// ```
fn list(serializer: &Ident) -> TokenStream {
    code! {
        let queryset = Self::get_queryset(request);
        #generics::list::<#serializer>(request, queryset).await
    }
}

/// expands to:
/// ```ignore
/// let queryset = Self::get_queryset(request);
/// generics::retrieve::<__drf_Serializer>(request, queryset).await
/// ```
fn retrieve(serializer: &Ident) -> TokenStream {
    code! {
        let queryset = Self::get_queryset(request);
        #generics::retrieve::<#serializer>(request, queryset).await
    }
}

/// expands to `generics::create::<__drf_Serializer>(request).await`, or with a hook to:
/// ```ignore
/// let data = generics::is_valid::<__drf_Serializer>(request).await?;
/// let db = request.begin_transaction().await?;
/// let saved = hooks::perform_create::<__drf_Serializer, _>(set_owner, request, Create::<..>::new(..)?).await?;
/// generics::created::<__drf_Serializer>(request, saved, db).await
/// ```
/// or, with `bulk_create`: `generics::create_one_or_many::<__drf_Serializer>(request).await`
fn create(spec: &ViewSetSpec, serializer: &Ident) -> TokenStream {
    if spec.bulk_create {
        return code!(#generics::create_one_or_many::<#serializer>(request).await);
    }
    let Some(function) = &spec.hooks.perform_create else {
        return code!(#generics::create::<#serializer>(request).await);
    };
    let create = code!(#Create::<#serializer>::new(request, data, &db)?);
    let saved = performed("perform_create", serializer, function, &create);
    code! {
        let data = #generics::is_valid::<#serializer>(request).await?;
        let db = request.begin_transaction().await?;
        let saved = #saved;
        #generics::created::<#serializer>(request, saved, db).await
    }
}

/// expands to: `Self::get_object(request).await?`
fn instance(spec: &ViewSetSpec) -> TokenStream {
    let request = local("request", place(spec));
    code_at!(place(spec)=> Self::get_object(#request).await?)
}

/// expands to:
/// ```ignore
/// let queryset = Self::get_queryset(request);
/// generics::update::<__drf_Serializer>(request, queryset, false).await
/// ```
/// or with a hook to:
/// ```ignore
/// let instance = Self::get_object(request).await?;
/// let data = generics::is_valid_for::<__drf_Serializer>(request, &instance, false).await?;
/// let db = request.begin_transaction().await?;
/// let saved = hooks::perform_update::<__drf_Serializer, _>(stamp, request, Update::<..>::new(..)?).await?;
/// generics::updated::<__drf_Serializer>(request, saved, db).await
/// ```
fn update(spec: &ViewSetSpec, serializer: &Ident, partial: bool) -> TokenStream {
    let Some(function) = &spec.hooks.perform_update else {
        return code! {
            let queryset = Self::get_queryset(request);
            #generics::update::<#serializer>(request, queryset, #partial).await
        };
    };
    let instance = instance(spec);
    let update = code!(#Update::<#serializer>::new(request, data, instance, &db)?);
    let saved = performed("perform_update", serializer, function, &update);
    code! {
        let instance = #instance;
        let data = #generics::is_valid_for::<#serializer>(request, &instance, #partial).await?;
        let db = request.begin_transaction().await?;
        let saved = #saved;
        #generics::updated::<#serializer>(request, saved, db).await
    }
}

/// expands to the following; with a hook, to its call in a transaction (`request.begin_transaction()`):
/// ```ignore
/// let instance = Self::get_object(request).await?;
/// let db = generics::begin_destroy(request).await?;
/// Destroy::<__drf_Entity>::new(request, instance, &db).delete().await?;
/// generics::destroyed(request, db).await
/// ```
fn destroy(spec: &ViewSetSpec) -> TokenStream {
    let (entity, instance) = (entity(spec), instance(spec));
    let destroy = |tokens| code!(#Destroy::<#entity>::new(request, instance, &db) #tokens);
    let (begin, deleted) = match &spec.hooks.perform_destroy {
        None => (code!(#generics::begin_destroy(request)), destroy(code!(.delete().await?))),
        Some(function) => {
            let destroy = destroy(TokenStream::new());
            (code!(request.begin_transaction()), performed("perform_destroy", &entity, function, &destroy))
        }
    };
    code! {
        let instance = #instance;
        let db = #begin.await?;
        #deleted;
        #generics::destroyed(request, db).await
    }
}

/// expands to: `hooks::perform_create::<__drf_Serializer, _>(set_owner, request, Create::<__drf_Serializer>::new(request, data, &db)?).await?`
fn performed(name: &'static str, about: &Ident, function: &Path, operation: &TokenStream) -> TokenStream {
    let place = span(function);
    let called = hook(name, place);
    let called = code_at!(place=> #called::<#about, _>);
    let request = local("request", place);
    let call = call(&called, function, code_at!(place=> #request, #operation));
    code_at!(place=> #call.await?)
}
