use super::snapshot::snapshot;

#[test]
fn actions() {
    snapshot(
        "actions",
        r#"
#[actions]
impl PublisherViewSet {
    /// Books of one publisher.
    #[action(detail)]
    async fn books(request: &Request, publisher: publisher::Model) -> Result<Response> {
        request.serialize::<BookSerializer>(books_of(&publisher)).await
    }

    #[action(list, methods(GET, POST), url_path = "all-names", url_name = "names", permission(AllowAny))]
    async fn all_names(_: &Request) -> Result<Response> {
        Ok(Response::ok(1))
    }

    #[action(detail, url_path = "books/(?P<category>[a-z]+)", filter_backends(), pagination = none)]
    async fn by_category(request: &Request, publisher: publisher::Model, category: String) -> Result<Response> {
        find(request, publisher, category).await
    }

    #[action(list, throttle(rate = "5/min"), authentication(), serializer = StatsSerializer, filter_backends(Mine))]
    async fn stats(request: &Request) -> Result<Response> {
        Ok(Response::ok(1))
    }

    fn not_an_action() {}
}
"#,
    );
}
