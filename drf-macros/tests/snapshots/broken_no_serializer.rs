// #[model_viewset()] #[permission(AllowAny)] struct Books;

struct Books;
const _: () = {
    use ::drf::__private as __drf;
    #[allow(non_camel_case_types)]
    type __drf_Entity = [(); ::core::compile_error! {
        "missing argument `serializer` for `#[model_viewset]`\nhelp: write `serializer = SomeSerializer`"
    }];
    impl Books {
        #[allow(dead_code)]
        pub(crate) fn get_queryset(_: &__drf::Request) -> __drf::QuerySet {
            ::core::unimplemented!()
        }
        #[allow(dead_code)]
        pub(crate) async fn get_object(
            _: &__drf::Request,
        ) -> __drf::hooks::Row<__drf_Entity> {
            ::core::unimplemented!()
        }
        #[allow(dead_code)]
        pub(crate) const __DRF_LOOKUP_URL_KWARG: &'static str = "pk";
        #[allow(dead_code)]
        pub(crate) fn __drf_model() -> __drf::hooks::ModelType<__drf_Entity> {
            __drf::hooks::model_type()
        }
    }
    #[automatically_derived]
    impl __drf::ViewSet for Books {
        fn describe() -> __drf::ViewDescription {
            __drf::ViewDescription::broken("Books")
        }
    }
};
