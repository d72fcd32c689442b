// #[model_viewset(
//     serializer = PublisherSerializer,
//     search_fields(name, address),
//     ordering_fields(name, created),
//     filterset_fields(name(exact, icontains), created(year__gt)),
//     pagination = PageNumberPagination { page_size: 5, page_size_query_param: "page_size", max_page_size: 100 },
// )]
// /// Publishers of books.
// #[permission(IsAuthenticatedOrReadOnly)]
// pub struct PublisherViewSet;

/// Publishers of books.
pub struct PublisherViewSet;
const _: () = {
    use ::drf::__private as __drf;
    #[allow(unused_imports)]
    use permission as _;
    #[allow(non_camel_case_types)]
    struct __drf_Types;
    #[automatically_derived]
    impl __drf::hooks::Serializes for __drf_Types {
        type Serializer = __drf::hooks::CheckedSerializer<PublisherSerializer>;
    }
    #[allow(non_camel_case_types)]
    type __drf_Serializer = <__drf_Types as __drf::hooks::Serializes>::Serializer;
    #[allow(non_camel_case_types)]
    type __drf_Entity = __drf::EntityOf<__drf_Serializer>;
    impl PublisherViewSet {
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
        /// `POST` on the list.
        async fn create(request: &__drf::Request) -> __drf::Result<__drf::Response> {
            __drf::generics::create::<__drf_Serializer>(request).await
        }
        /// `GET` on one row.
        async fn retrieve(request: &__drf::Request) -> __drf::Result<__drf::Response> {
            let queryset = Self::get_queryset(request);
            __drf::generics::retrieve::<__drf_Serializer>(request, queryset).await
        }
        /// `PUT` on one row.
        async fn update(request: &__drf::Request) -> __drf::Result<__drf::Response> {
            let queryset = Self::get_queryset(request);
            __drf::generics::update::<__drf_Serializer>(request, queryset, false).await
        }
        /// `PATCH` on one row.
        async fn partial_update(
            request: &__drf::Request,
        ) -> __drf::Result<__drf::Response> {
            let queryset = Self::get_queryset(request);
            __drf::generics::update::<__drf_Serializer>(request, queryset, true).await
        }
        /// `DELETE` on one row.
        async fn destroy(request: &__drf::Request) -> __drf::Result<__drf::Response> {
            let instance = Self::get_object(request).await?;
            let db = __drf::generics::begin_destroy(request).await?;
            __drf::Destroy::<__drf_Entity>::new(request, instance, &db).delete().await?;
            __drf::generics::destroyed(request, db).await
        }
    }
    #[automatically_derived]
    impl __drf::ViewSet for PublisherViewSet {
        fn describe() -> __drf::ViewDescription {
            #[allow(unused_imports)]
            use {
                __drf::NamedColumn as _, __drf::NamedRelation as _,
                __drf::hooks::NoActions as _,
            };
            let name = __drf::column::<__drf_Entity, _>(|model| &model.name)
                .named("name");
            let created = __drf::column::<__drf_Entity, _>(|model| &model.created)
                .named("created");
            let address = __drf::column::<__drf_Entity, _>(|model| &model.address)
                .named("address");
            __drf::ViewDescription::new::<
                __drf_Entity,
            >("PublisherViewSet", "Publishers of books.")
                .permission([
                    __drf::hooks::permission(
                        Self::__drf_model(),
                        IsAuthenticatedOrReadOnly,
                    ),
                ])
                .pagination(
                    PageNumberPagination::new()
                        .page_size(5)
                        .page_size_query_param("page_size")
                        .max_page_size(100),
                )
                .filterset(
                    __drf::DjangoFilterBackend::new()
                        .filter(&name, __drf::lookups::exact)
                        .filter(&name, __drf::lookups::icontains)
                        .filter(
                            &created,
                            __drf::lookups::Part(
                                __drf::lookups::year,
                                __drf::lookups::gt,
                            ),
                        )
                        .serialized_by::<__drf_Serializer>(),
                )
                .search(
                    __drf::SearchFilter::new()
                        .field(&name, __drf::lookups::icontains)
                        .field(&address, __drf::lookups::icontains),
                )
                .ordering(__drf::OrderingFilter::new().field(&name).field(&created))
                .get_object(|request| __drf::hooks::found(Self::get_object(request)))
                .action(
                    __drf::Action::list(|request| ::std::boxed::Box::pin(
                            Self::list(request),
                        ))
                        .serializer::<__drf_Serializer>(),
                )
                .action(
                    __drf::Action::create(|request| ::std::boxed::Box::pin(
                            Self::create(request),
                        ))
                        .serializer::<__drf_Serializer>(),
                )
                .action(
                    __drf::Action::retrieve(|request| ::std::boxed::Box::pin(
                            Self::retrieve(request),
                        ))
                        .serializer::<__drf_Serializer>(),
                )
                .action(
                    __drf::Action::update(|request| ::std::boxed::Box::pin(
                            Self::update(request),
                        ))
                        .serializer::<__drf_Serializer>(),
                )
                .action(
                    __drf::Action::partial_update(|request| ::std::boxed::Box::pin(
                            Self::partial_update(request),
                        ))
                        .serializer::<__drf_Serializer>(),
                )
                .action(
                    __drf::Action::destroy(|request| ::std::boxed::Box::pin(
                        Self::destroy(request),
                    )),
                )
                .actions(__drf::hooks::ActionsOf::<Self>::viewset().all())
        }
    }
};
#[allow(unexpected_cfgs)]
const _: () = {
    #[cfg(rust_analyzer)]
    use ::drf::__private::ide::model_viewset::{
        serializer as _, search_fields as _, ordering_fields as _, filterset_fields as _,
        pagination as _,
    };
};
