// #[read_only_model_viewset(
//     serializer = BookSerializer,
//     actions(retrieve),
//     lookup_field = isbn,
//     lookup_url_kwarg = "book_isbn",
//     lookup_value_regex = "[0-9]{13}",
//     parsers(JSONParser, FormParser),
//     renderers(JSONRenderer),
//     exception_handler = errors::handle,
// )]
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
        pub(crate) const __DRF_LOOKUP_URL_KWARG: &'static str = "book_isbn";
        #[allow(dead_code, private_interfaces)]
        pub(crate) fn __drf_model() -> __drf::hooks::ModelType<__drf_Entity> {
            __drf::hooks::model_type()
        }
        /// `GET` on one row.
        async fn retrieve(request: &__drf::Request) -> __drf::Result<__drf::Response> {
            let queryset = Self::get_queryset(request);
            __drf::generics::retrieve::<__drf_Serializer>(request, queryset).await
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
            let isbn = __drf::column::<__drf_Entity, _>(|model| &model.isbn)
                .named("isbn");
            __drf::ViewDescription::new::<__drf_Entity>("Books", "")
                .lookup_field(&isbn)
                .lookup_url_kwarg("book_isbn")
                .lookup_value_regex("[0-9]{13}")
                .parsers([
                    __drf::ParserClass::new(JSONParser),
                    __drf::ParserClass::new(FormParser),
                ])
                .renderers([__drf::RendererClass::new(JSONRenderer)])
                .exception_handler(errors::handle)
                .get_object(|request| __drf::hooks::found(Self::get_object(request)))
                .action(
                    __drf::Action::retrieve(|request| ::std::boxed::Box::pin(
                            Self::retrieve(request),
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
        serializer as _, actions as _, lookup_field as _, lookup_url_kwarg as _,
        lookup_value_regex as _, parsers as _, renderers as _, exception_handler as _,
    };
};
