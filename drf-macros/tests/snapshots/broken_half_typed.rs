// #[model_viewset(serializer = BookSerializer, actions(list), sea, search_fields(name, publisher., ), ordering = )]
// struct Books;

struct Books;
const _: () = {
    use ::drf::__private as __drf;
    #[allow(non_camel_case_types)]
    struct __drf_Types;
    #[automatically_derived]
    impl __drf::hooks::Serializes for __drf_Types {
        type Serializer = __drf::hooks::CheckedSerializer<BookSerializer>;
    }
    #[allow(non_camel_case_types)]
    type __drf_Serializer = <__drf_Types as __drf::hooks::Serializes>::Serializer;
    #[allow(non_camel_case_types)]
    type __drf_Entity = __drf::EntityOf<__drf_Serializer>;
    impl Books {
        /// The rows that the actions are about.
        pub(crate) fn get_queryset(_: &__drf::Request) -> __drf::QuerySet {
            __drf::QuerySet::all(__drf::Entity::of::<__drf_Entity>())
        }
        /// The row that the URL names.
        #[allow(private_interfaces)]
        pub(crate) fn get_object(
            request: &__drf::Request,
        ) -> __drf::hooks::ModelFuture<'_, __drf_Entity> {
            let queryset = Self::get_queryset(request);
            ::std::boxed::Box::pin(
                __drf::hooks::get_object::<__drf_Entity>(request, queryset),
            )
        }
        #[allow(dead_code)]
        pub(crate) const __DRF_LOOKUP_URL_KWARG: &'static str = "pk";
        #[allow(dead_code, private_interfaces)]
        pub(crate) fn __drf_model() -> __drf::hooks::ModelType<__drf_Entity> {
            __drf::hooks::model_type()
        }
        /// `GET` on the list.
        async fn list(request: &__drf::Request) -> __drf::Result<__drf::Response> {
            let queryset = Self::get_queryset(request);
            __drf::generics::list::<__drf_Serializer>(request, queryset).await
        }
    }
    #[automatically_derived]
    impl __drf::ViewSet for Books {
        fn describe() -> __drf::ViewDescription {
            #[allow(unused_imports)]
            use {
                __drf::NamedColumn as _, __drf::NamedRelation as _,
                __drf::hooks::NoActions as _,
            };
            let name = __drf::column::<__drf_Entity, _>(|model| &model.name)
                .named("name");
            __drf::ViewDescription::new::<__drf_Entity>("Books", "")
                .search(
                    __drf::SearchFilter::new().field(&name, __drf::lookups::icontains),
                )
                .get_object(|request| __drf::hooks::found(Self::get_object(request)))
                .action(
                    __drf::Action::list(|request| ::std::boxed::Box::pin(
                            Self::list(request),
                        ))
                        .serializer::<__drf_Serializer>(),
                )
                .actions(__drf::hooks::ActionsOf::<Self>::viewset().all())
        }
    }
};
#[allow(unexpected_cfgs)]
const _: () = {
    #[cfg(rust_analyzer)]
    use ::drf::__private::ide::model_viewset::{
        serializer as _, actions as _, sea as _, search_fields as _, ordering as _,
    };
};
::core::compile_error! {
    "unknown argument `sea` for `#[model_viewset]`\nhelp: did you mean `search_fields`?"
}
::core::compile_error! {
    "expected a field after `.`"
}
::core::compile_error! {
    "malformed argument `ordering`\nhelp: write `ordering(-price, id)`"
}
