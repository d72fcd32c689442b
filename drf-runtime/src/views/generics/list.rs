//! Lists of rows. DRF's `ListModelMixin`.

use http::StatusCode;

use super::RowSerializer;
use crate::db::QuerySet;
use crate::exceptions::Result;
use crate::request::Request;
use crate::response::Response;
use crate::serializers::{ModelSerializer, fetch};
use crate::views::ResponseFuture;

/// Filters and orders rows as the query string says. DRF's `filter_queryset`.
///
/// # Errors
/// 400 for a parameter that a filter cannot read.
pub async fn filter_queryset(request: &Request, mut queryset: QuerySet) -> Result<QuerySet> {
    for backend in request.policies().filter_backends.iter().filter(|backend| backend.inner.applies(request))
    {
        queryset = backend.inner.filter_queryset(request, queryset).await?;
    }
    Ok(queryset)
}

/// Responds with a page of the rows that the query string selects, or with all of them where there is no pagination. DRF's
/// `ListModelMixin.list`.
///
/// # Errors
/// 400 for a parameter that a filter cannot read; 404 for a page that is not there.
pub fn list<S: ModelSerializer>(request: &Request, queryset: QuerySet) -> ResponseFuture<'_> {
    list_of(request, RowSerializer::of::<S>(), queryset)
}

fn list_of(request: &Request, serializer: RowSerializer, queryset: QuerySet) -> ResponseFuture<'_> {
    Box::pin(async move {
        let queryset = filter_queryset(request, queryset).await?;
        serialize_page(request, serializer, queryset).await
    })
}

/// Responds with a page of rows, without the filters of the viewset; with all rows where there is no pagination. DRF's
/// `paginate_queryset` and `get_paginated_response`.
///
/// # Errors
/// 404 for a page that is not there.
pub fn paginate<S: ModelSerializer>(request: &Request, queryset: impl Into<QuerySet>) -> ResponseFuture<'_> {
    paginate_of(request, RowSerializer::of::<S>(), queryset.into())
}

fn paginate_of(request: &Request, serializer: RowSerializer, queryset: QuerySet) -> ResponseFuture<'_> {
    Box::pin(serialize_page(request, serializer, queryset))
}

async fn serialize_page(
    request: &Request,
    serializer: RowSerializer,
    queryset: QuerySet,
) -> Result<Response> {
    let db = request.db();
    let Some(pagination) = &request.policies().pagination else {
        return serialize_all(request, serializer, queryset).await;
    };
    match pagination.paginate_queryset(request, queryset.clone(), db).await? {
        None => serialize_all(request, serializer, queryset).await,
        Some(page) => {
            let rows = fetch(Some(request), serializer.description, page.queryset.clone(), false, db).await?;
            Ok(pagination.get_paginated_response(&page, (serializer.list)(Some(request), &rows)?))
        }
    }
}

/// Responds with all rows of a set. DRF's `Response(Serializer(queryset, many=True).data)`.
///
/// # Errors
/// Those of the database.
pub fn serialize<S: ModelSerializer>(request: &Request, queryset: impl Into<QuerySet>) -> ResponseFuture<'_> {
    serialize_of(request, RowSerializer::of::<S>(), queryset.into())
}

fn serialize_of(request: &Request, serializer: RowSerializer, queryset: QuerySet) -> ResponseFuture<'_> {
    Box::pin(serialize_all(request, serializer, queryset))
}

async fn serialize_all(request: &Request, serializer: RowSerializer, queryset: QuerySet) -> Result<Response> {
    let rows = fetch(Some(request), serializer.description, queryset, false, request.db()).await?;
    Ok(Response::json(StatusCode::OK, (serializer.list)(Some(request), &rows)?))
}
