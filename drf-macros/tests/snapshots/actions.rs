// #[actions]
// impl PublisherViewSet {
//     /// Books of one publisher.
//     #[action(detail)]
//     async fn books(request: &Request, publisher: publisher::Model) -> Result<Response> {
//         request.serialize::<BookSerializer>(books_of(&publisher)).await
//     }
// 
//     #[action(list, methods(GET, POST), url_path = "all-names", url_name = "names", permission(AllowAny))]
//     async fn all_names(_: &Request) -> Result<Response> {
//         Ok(Response::ok(1))
//     }
// 
//     #[action(detail, url_path = "books/(?P<category>[a-z]+)", filter_backends(), pagination = none)]
//     async fn by_category(request: &Request, publisher: publisher::Model, category: String) -> Result<Response> {
//         find(request, publisher, category).await
//     }
// 
//     #[action(list, throttle(rate = "5/min"), authentication(), serializer = StatsSerializer, filter_backends(Mine))]
//     async fn stats(request: &Request) -> Result<Response> {
//         Ok(Response::ok(1))
//     }
// 
//     fn not_an_action() {}
// }

impl PublisherViewSet {
    /// Books of one publisher.
    async fn books(request: &Request, publisher: publisher::Model) -> Result<Response> {
        request.serialize::<BookSerializer>(books_of(&publisher)).await
    }
    async fn all_names(_: &Request) -> Result<Response> {
        Ok(Response::ok(1))
    }
    async fn by_category(
        request: &Request,
        publisher: publisher::Model,
        category: String,
    ) -> Result<Response> {
        find(request, publisher, category).await
    }
    async fn stats(request: &Request) -> Result<Response> {
        Ok(Response::ok(1))
    }
    fn not_an_action() {}
}
const _: () = {
    use ::drf::__private as __drf;
    #[automatically_derived]
    impl __drf::hooks::Actions for PublisherViewSet {
        fn actions() -> ::std::vec::Vec<__drf::Action> {
            __drf::hooks::actions([
                __drf::Action::extra(
                        "books",
                        |request| ::std::boxed::Box::pin(async move {
                            let object = Self::get_object(request).await?;
                            Self::books(request, object).await
                        }),
                    )
                    .description("Books of one publisher.")
                    .detail(),
                __drf::Action::extra(
                        "all_names",
                        |request| ::std::boxed::Box::pin(Self::all_names(request)),
                    )
                    .methods(&[__drf::Method::GET, __drf::Method::POST])
                    .url_path("all-names")
                    .url_name("names")
                    .permission([
                        __drf::hooks::permission(Self::__drf_model(), AllowAny),
                    ]),
                __drf::Action::extra(
                        "by_category",
                        |request| ::std::boxed::Box::pin(async move {
                            let object = Self::get_object(request).await?;
                            let category = request.parse_kwarg::<String>("category")?;
                            Self::by_category(request, object, category).await
                        }),
                    )
                    .detail()
                    .url_path("books/(?P<category>[a-z]+)")
                    .url_name("by-category")
                    .no_pagination()
                    .no_filters(),
                __drf::Action::extra(
                        "stats",
                        |request| ::std::boxed::Box::pin(Self::stats(request)),
                    )
                    .authentication([])
                    .throttle([__drf::ThrottleClass::rate("5/min")])
                    .filter_backend(Mine)
                    .serializer::<StatsSerializer>(),
            ])
        }
    }
};
#[allow(unexpected_cfgs)]
const _: () = {
    #[cfg(rust_analyzer)]
    use ::drf::__private::ide::action::{
        detail as _, list as _, methods as _, url_path as _, url_name as _,
        permission as _, detail as _, url_path as _, filter_backends as _,
        pagination as _, list as _, throttle as _, authentication as _, serializer as _,
        filter_backends as _,
    };
};
