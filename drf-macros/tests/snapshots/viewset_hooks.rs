// #[model_viewset(
//     serializer = ReviewSerializer,
//     actions(create, update, destroy),
//     get_queryset = own_reviews,
//     perform_create = hooks::set_owner,
//     perform_update = stamp,
//     perform_destroy = archive,
// )]
// struct Reviews;

struct Reviews;
const _: () = {
    use ::drf::__private as __drf;
    #[allow(non_camel_case_types)]
    struct __drf_Types;
    #[automatically_derived]
    impl __drf::hooks::Serializes for __drf_Types {
        type Serializer = __drf::hooks::CheckedSerializer<ReviewSerializer>;
    }
    #[allow(non_camel_case_types)]
    type __drf_Serializer = <__drf_Types as __drf::hooks::Serializes>::Serializer;
    #[allow(non_camel_case_types)]
    type __drf_Entity = __drf::EntityOf<__drf_Serializer>;
    impl Reviews {
        /// The rows that the actions are about.
        pub(crate) fn get_queryset(request: &__drf::Request) -> __drf::QuerySet {
            __drf::QuerySet::from_select(
                __drf::hooks::get_queryset::<__drf_Entity, _>(own_reviews, request),
            )
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
        /// `POST` on the list.
        async fn create(request: &__drf::Request) -> __drf::Result<__drf::Response> {
            let data = __drf::generics::is_valid::<__drf_Serializer>(request).await?;
            let db = request.begin_transaction().await?;
            let saved = __drf::hooks::perform_create::<
                __drf_Serializer,
                _,
            >(
                    hooks::set_owner,
                    request,
                    __drf::Create::<__drf_Serializer>::new(request, data, &db)?,
                )
                .await?;
            __drf::generics::created::<__drf_Serializer>(request, saved, db).await
        }
        /// `PUT` on one row.
        async fn update(request: &__drf::Request) -> __drf::Result<__drf::Response> {
            let instance = Self::get_object(request).await?;
            let data = __drf::generics::is_valid_for::<
                __drf_Serializer,
            >(request, &instance, false)
                .await?;
            let db = request.begin_transaction().await?;
            let saved = __drf::hooks::perform_update::<
                __drf_Serializer,
                _,
            >(
                    stamp,
                    request,
                    __drf::Update::<__drf_Serializer>::new(request, data, instance, &db)?,
                )
                .await?;
            __drf::generics::updated::<__drf_Serializer>(request, saved, db).await
        }
        /// `DELETE` on one row.
        async fn destroy(request: &__drf::Request) -> __drf::Result<__drf::Response> {
            let instance = Self::get_object(request).await?;
            let db = request.begin_transaction().await?;
            __drf::hooks::perform_destroy::<
                __drf_Entity,
                _,
            >(
                    archive,
                    request,
                    __drf::Destroy::<__drf_Entity>::new(request, instance, &db),
                )
                .await?;
            __drf::generics::destroyed(request, db).await
        }
    }
    #[automatically_derived]
    impl __drf::ViewSet for Reviews {
        fn describe() -> __drf::ViewDescription {
            #[allow(unused_imports)]
            use __drf::hooks::NoActions as _;
            __drf::ViewDescription::new::<__drf_Entity>("Reviews", "")
                .get_object(|request| __drf::hooks::found(Self::get_object(request)))
                .action(
                    __drf::Action::create(|request| ::std::boxed::Box::pin(
                            Self::create(request),
                        ))
                        .serializer::<__drf_Serializer>()
                        .hooked(),
                )
                .action(
                    __drf::Action::update(|request| ::std::boxed::Box::pin(
                            Self::update(request),
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
        serializer as _, actions as _, get_queryset as _, perform_create as _,
        perform_update as _, perform_destroy as _,
    };
};
