// #[model_viewset(
//     serializer = BookSerializer,
//     actions(list, update, partial_update),
//     serializers(list = BookListSerializer, update = BookInputSerializer),
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
    #[automatically_derived]
    impl __drf::hooks::Serializes<__drf::hooks::verb::List> for __drf_Types {
        type Serializer = __drf::hooks::SerializerOf<BookListSerializer, __drf_Entity>;
    }
    #[allow(non_camel_case_types)]
    type __drf_list_Serializer = <__drf_Types as __drf::hooks::Serializes<
        __drf::hooks::verb::List,
    >>::Serializer;
    #[automatically_derived]
    impl __drf::hooks::Serializes<__drf::hooks::verb::Update> for __drf_Types {
        type Serializer = __drf::hooks::SerializerOf<BookInputSerializer, __drf_Entity>;
    }
    #[allow(non_camel_case_types)]
    type __drf_update_Serializer = <__drf_Types as __drf::hooks::Serializes<
        __drf::hooks::verb::Update,
    >>::Serializer;
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
            __drf::generics::list::<__drf_list_Serializer>(request, queryset).await
        }
        /// `PUT` on one row.
        async fn update(request: &__drf::Request) -> __drf::Result<__drf::Response> {
            let queryset = Self::get_queryset(request);
            __drf::generics::update::<__drf_update_Serializer>(request, queryset, false)
                .await
        }
        /// `PATCH` on one row.
        async fn partial_update(
            request: &__drf::Request,
        ) -> __drf::Result<__drf::Response> {
            let queryset = Self::get_queryset(request);
            __drf::generics::update::<__drf_Serializer>(request, queryset, true).await
        }
    }
    #[automatically_derived]
    impl __drf::ViewSet for Books {
        fn describe() -> __drf::ViewDescription {
            #[allow(unused_imports)]
            use __drf::hooks::NoActions as _;
            __drf::ViewDescription::new::<__drf_Entity>("Books", "")
                .get_object(|request| __drf::hooks::found(Self::get_object(request)))
                .action(
                    __drf::Action::list(|request| ::std::boxed::Box::pin(
                            Self::list(request),
                        ))
                        .serializer::<__drf_list_Serializer>(),
                )
                .action(
                    __drf::Action::update(|request| ::std::boxed::Box::pin(
                            Self::update(request),
                        ))
                        .serializer::<__drf_update_Serializer>(),
                )
                .action(
                    __drf::Action::partial_update(|request| ::std::boxed::Box::pin(
                            Self::partial_update(request),
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
        serializer as _, actions as _, serializers as _,
    };
};
