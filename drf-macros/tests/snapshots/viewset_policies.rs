// #[read_only_model_viewset(serializer = BookSerializer, actions(list), pagination = none)]
// #[authentication(TokenAuthentication, SessionAuthentication)]
// #[permission(IsAuthenticated, IsAdminUser | ReadOnly & !InGroup("guests"))]
// #[throttle(scope = "anon")]
// #[throttle(rate = "60/min", scope = "burst")]
// #[throttle(AnonRateThrottle, rate = "1000/day")]
// struct Books;

struct Books;
const _: () = {
    use ::drf::__private as __drf;
    #[allow(unused_imports)]
    use authentication as _;
    #[allow(unused_imports)]
    use permission as _;
    #[allow(unused_imports)]
    use throttle as _;
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
            use __drf::hooks::NoActions as _;
            __drf::ViewDescription::new::<__drf_Entity>("Books", "")
                .authentication([
                    __drf::AuthenticationClass::new(TokenAuthentication),
                    __drf::AuthenticationClass::new(SessionAuthentication),
                ])
                .permission([
                    __drf::hooks::permission(Self::__drf_model(), IsAuthenticated),
                    __drf::hooks::permission(
                        Self::__drf_model(),
                        __drf::Or(
                            IsAdminUser,
                            __drf::And(ReadOnly, __drf::Not(InGroup("guests"))),
                        ),
                    ),
                ])
                .throttle([
                    __drf::ThrottleClass::scope("anon"),
                    __drf::ThrottleClass::scoped_rate("burst", "60/min"),
                    __drf::ThrottleClass::new(AnonRateThrottle),
                    __drf::ThrottleClass::rate("1000/day"),
                ])
                .no_pagination()
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
        serializer as _, actions as _, pagination as _,
    };
};
