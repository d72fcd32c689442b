// #[read_only_model_viewset(
//     serializer = BookSerializer,
//     actions(list),
//     filterset_fields(category, id(in), publisher.name, created(date__year__gte)),
//     search_fields(name, starts_with(isbn), endswith(authors.email)),
//     ordering_fields = all,
//     ordering(-price, publisher.name),
//     filter_backends(OwnerOnly, Active::new()),
//     pagination = PAGES,
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
            let category = __drf::column::<__drf_Entity, _>(|model| &model.category)
                .named("category");
            let id = __drf::column::<__drf_Entity, _>(|model| &model.id).named("id");
            let publisher__name = {
                let path = __drf::column::<__drf_Entity, _>(|model| &model.publisher)
                    .named("publisher");
                let next = __drf::column_through(&path, |model| &model.name)
                    .named("name");
                __drf::through(path, next)
            };
            let created = __drf::column::<__drf_Entity, _>(|model| &model.created)
                .named("created");
            let name = __drf::column::<__drf_Entity, _>(|model| &model.name)
                .named("name");
            let isbn = __drf::column::<__drf_Entity, _>(|model| &model.isbn)
                .named("isbn");
            let authors__email = {
                let path = __drf::column::<__drf_Entity, _>(|model| &model.authors)
                    .named("authors");
                let next = __drf::column_through(&path, |model| &model.email)
                    .named("email");
                __drf::through(path, next)
            };
            let price = __drf::column::<__drf_Entity, _>(|model| &model.price)
                .named("price");
            __drf::ViewDescription::new::<__drf_Entity>("Books", "")
                .pagination(PAGES)
                .filterset(
                    __drf::DjangoFilterBackend::new()
                        .filter(&category, __drf::lookups::exact)
                        .filter(&id, __drf::lookups::in_)
                        .filter(&publisher__name, __drf::lookups::exact)
                        .filter(
                            &created,
                            __drf::lookups::Part(
                                __drf::lookups::date,
                                __drf::lookups::Part(
                                    __drf::lookups::year,
                                    __drf::lookups::gte,
                                ),
                            ),
                        )
                        .serialized_by::<__drf_Serializer>(),
                )
                .search(
                    __drf::SearchFilter::new()
                        .field(&name, __drf::lookups::icontains)
                        .field(&isbn, __drf::lookups::istartswith)
                        .field(&authors__email, __drf::lookups::endswith),
                )
                .ordering(
                    __drf::OrderingFilter::new()
                        .all::<__drf_Entity>()
                        .default(&price, true)
                        .default(&publisher__name, false),
                )
                .filter_backend(OwnerOnly)
                .filter_backend(Active::new())
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
        serializer as _, actions as _, filterset_fields as _, search_fields as _,
        ordering_fields as _, ordering as _, filter_backends as _, pagination as _,
    };
};
