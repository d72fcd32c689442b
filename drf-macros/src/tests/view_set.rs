use super::snapshot::snapshot;

/// The quickstart's.
pub(super) const PUBLISHER: &str = r#"
#[model_viewset(
    serializer = PublisherSerializer,
    search_fields(name, address),
    ordering_fields(name, created),
    filterset_fields(name(exact, icontains), created(year__gt)),
    pagination = PageNumberPagination { page_size: 5, page_size_query_param: "page_size", max_page_size: 100 },
)]
/// Publishers of books.
#[permission(IsAuthenticatedOrReadOnly)]
pub struct PublisherViewSet;
"#;

#[test]
fn quickstart() {
    snapshot("viewset_quickstart", PUBLISHER);
}

#[test]
fn read_only() {
    snapshot("viewset_read_only", "#[read_only_model_viewset(serializer = BookSerializer)] struct Books;");
}

#[test]
fn hooks() {
    snapshot(
        "viewset_hooks",
        r#"
#[model_viewset(
    serializer = ReviewSerializer,
    actions(create, update, destroy),
    get_queryset = own_reviews,
    perform_create = hooks::set_owner,
    perform_update = stamp,
    perform_destroy = archive,
)]
struct Reviews;
"#,
    );
}

#[test]
fn serializers_by_action() {
    snapshot(
        "viewset_serializers",
        r#"
#[model_viewset(
    serializer = BookSerializer,
    actions(list, update, partial_update),
    serializers(list = BookListSerializer, update = BookInputSerializer),
)]
struct Books;
"#,
    );
}

#[test]
fn policies() {
    snapshot(
        "viewset_policies",
        r#"
#[read_only_model_viewset(serializer = BookSerializer, actions(list), pagination = none)]
#[authentication(TokenAuthentication, SessionAuthentication)]
#[permission(IsAuthenticated, IsAdminUser | ReadOnly & !InGroup("guests"))]
#[throttle(scope = "anon")]
#[throttle(rate = "60/min", scope = "burst")]
#[throttle(AnonRateThrottle, rate = "1000/day")]
struct Books;
"#,
    );
}

#[test]
fn filters() {
    snapshot(
        "viewset_filters",
        r#"
#[read_only_model_viewset(
    serializer = BookSerializer,
    actions(list),
    filterset_fields(category, id(in), publisher.name, created(date__year__gte)),
    search_fields(name, starts_with(isbn), endswith(authors.email)),
    ordering_fields = all,
    ordering(-price, publisher.name),
    filter_backends(OwnerOnly, Active::new()),
    pagination = PAGES,
)]
struct Books;
"#,
    );
}

#[test]
fn lookup_and_classes() {
    snapshot(
        "viewset_lookup",
        r#"
#[read_only_model_viewset(
    serializer = BookSerializer,
    actions(retrieve),
    lookup_field = isbn,
    lookup_url_kwarg = "book_isbn",
    lookup_value_regex = "[0-9]{13}",
    parsers(JSONParser, FormParser),
    renderers(JSONRenderer),
    exception_handler = errors::handle,
)]
struct Books;
"#,
    );
}

#[test]
fn a_policy_above_moves_below() {
    snapshot(
        "policy_above",
        r#"
#[permission(IsAdminUser | ReadOnly)]
/// Books.
#[model_viewset(serializer = BookSerializer)]
struct Books;
"#,
    );
}
