//! What is generated does not depend on what names mean where it stands.

mod api {
    #![no_implicit_prelude]
    #![allow(dead_code)]

    use ::drf_ui_tests::book;
    use ::std::string::String;

    struct Box;
    struct Option;
    struct Ok;
    struct Result;
    struct Some;
    struct Vec;
    mod core {}
    mod sea_orm {}
    mod std {}

    #[::drf::serializer(entity = book::Entity)]
    pub(super) struct BookSerializer {
        pub(super) id: i64,
        #[field(max_length = 9, error_messages(required = "?"), validate = same)]
        pub(super) title: String,
        #[field(default = 1)]
        pub(super) pages: i32,
        #[field(source = publisher.name)]
        pub(super) publisher: String,
        #[field(method = shout)]
        pub(super) loud: String,
    }

    fn same(title: String) -> ::std::result::Result<String, ::drf::exceptions::ValidationError> {
        ::std::result::Result::Ok(title)
    }

    fn shout(book: &book::Model) -> String {
        ::std::clone::Clone::clone(&book.title)
    }

    #[::drf::model_viewset(
        serializer = BookSerializer,
        search_fields(title),
        filterset_fields(title, created(year__gt)),
        ordering_fields = all,
        ordering(-id),
        pagination = ::drf::pagination::PageNumberPagination { page_size: 5 },
    )]
    #[::drf::permission(::drf::permissions::AllowAny)]
    #[::drf::authentication(::drf::authentication::TokenAuthentication)]
    #[::drf::throttle(scope = "anon")]
    pub(super) struct Books;

    #[::drf::actions]
    impl Books {
        #[action(detail)]
        async fn name(
            _request: &::drf::Request,
            _book: book::Model,
        ) -> ::drf::exceptions::Result<::drf::Response> {
            ::std::result::Result::Ok(::drf::Response::no_content())
        }
    }
}

fn main() {
    let _ = drf::routers::DefaultRouter::new().register::<api::Books>("books");
}
