//! `/api/page/`: the pagination classes.

use drf::db::Connection;
use drf::http::HeaderValue;
use drf::http::header::LINK;
use drf::pagination::{Envelope, Paginated};
use drf::prelude::*;

use crate::catalog::PAGES;
use crate::catalog::books::BookBriefSerializer;

pub fn router() -> SimpleRouter {
    SimpleRouter::new()
        .register_view::<PageNumber>("number", "page-number")
        .register_view::<Enveloped>("enveloped", "page-enveloped")
        .register_view::<Unpaginated>("none", "page-none")
        .register_view::<DefaultPagination>("default", "page-default")
}

#[read_only_model_viewset(
    serializer = BookBriefSerializer,
    actions(list),
    pagination = PAGES,
    filterset_fields(category),
    search_fields(name),
)]
pub struct PageNumber;

#[read_only_model_viewset(serializer = BookBriefSerializer, actions(list), pagination = none)]
pub struct Unpaginated;

#[read_only_model_viewset(serializer = BookBriefSerializer, actions(list))]
pub struct DefaultPagination;

/// Renamed parameter, other "last" words, an envelope of its own with a `Link` header.
#[derive(Debug)]
pub struct Enveloping;

const BY_THREE: PageNumberPagination =
    PageNumberPagination::new().page_size(3).page_query_param("p").last_page_strings(&["last", "end"]);

impl Pagination for Enveloping {
    fn paginate_queryset<'a>(
        &'a self,
        request: &'a Request,
        queryset: QuerySet,
        db: &'a Connection,
    ) -> Paginated<'a> {
        BY_THREE.paginate_queryset(request, queryset, db)
    }

    fn get_paginated_response(&self, page: &Page, results: Vec<u8>) -> Response {
        let links = [("next", &page.next), ("previous", &page.previous)];
        let header =
            links.iter().filter_map(|(rel, url)| Some(format!("<{}>; rel=\"{rel}\"", url.as_ref()?)));
        let header = header.collect::<Vec<_>>().join(", ");
        let response = Envelope::new()
            .with("links", Value::from(links.map(|(rel, url)| (rel, url.clone()))))
            .with("total", page.count)
            .with("pages", page.num_pages)
            .with_json("items", &results)
            .into_response();
        match HeaderValue::try_from(header) {
            Ok(value) if !value.is_empty() => response.with_header(LINK, value),
            _ => response,
        }
    }
}

#[read_only_model_viewset(serializer = BookBriefSerializer, actions(list), pagination = Enveloping)]
pub struct Enveloped;
