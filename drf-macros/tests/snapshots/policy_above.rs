// #[permission(IsAdminUser | ReadOnly)]
// /// Books.
// #[model_viewset(serializer = BookSerializer)]
// struct Books;

/// Books.
#[model_viewset(serializer = BookSerializer)]
#[::drf::permission(IsAdminUser|ReadOnly)]
struct Books;
