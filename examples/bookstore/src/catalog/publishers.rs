use drf::parsers::Data;
use drf::prelude::*;
use drf::sea_orm::sea_query::{Expr, ExprTrait};
use drf::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::books::BookBriefSerializer;
use crate::entities::{book, publisher};

/// Explicit field list, messages of one's own, both kinds of validators.
#[serializer(entity = publisher::Entity, validate = validate)]
pub struct PublisherSerializer {
    pub id: i64,
    #[field(validate = validate_name)]
    pub name: String,
    #[field(
        required,
        min_length = 5,
        max_length = 20,
        error_messages(
            required = "address 是必传参数.",
            min_length = "长度最小为5.",
            max_length = "长度最大为20."
        )
    )]
    pub address: String,
    #[field(read_only)]
    pub create_time: DateTimeUtc,
    #[field(read_only)]
    pub update_time: DateTimeUtc,
}

fn validate_name(name: String) -> Result<String, ValidationError> {
    if name.starts_with('_') || name.ends_with('_') {
        return Err(ValidationError::new("开头和结尾不能有下划线"));
    }
    Ok(name)
}

async fn validate(
    data: Validated<PublisherSerializer>,
    _context: &Context<'_, PublisherSerializer>,
) -> Result<Validated<PublisherSerializer>> {
    match &data.address {
        Some(address) if !address.is_empty() && !address.contains('-') => {
            Err(ValidationError::new("address format error.").into())
        }
        _ => Ok(data),
    }
}

/// Publishers of books.
#[model_viewset(serializer = PublisherSerializer, pagination = none, perform_destroy = perform_destroy)]
pub struct PublisherViewSet;

async fn perform_destroy(_request: &Request, publisher: Destroy<'_, publisher::Entity>) -> Result<()> {
    publisher.delete().await.map_err(|error| match error {
        Error::Protected(_) => publisher_in_use().into(),
        other => other,
    })
}

fn publisher_in_use() -> APIException {
    APIException::new(StatusCode::CONFLICT, "The publisher still has books.", "publisher_in_use")
}

#[actions]
impl PublisherViewSet {
    /// Books of one publisher, paginated by the view's paginator (none).
    #[action(detail)]
    async fn books(request: &Request, publisher: publisher::Model) -> Result<Response> {
        let books = book::Entity::find().filter(book::Column::PublisherId.eq(publisher.id));
        generics::serialize::<BookBriefSerializer>(request, books).await
    }

    #[action(list, url_path = "all-names", url_name = "names")]
    async fn all_names(request: &Request) -> Result<Response> {
        let names = publisher::Entity::find().order_by_asc(publisher::Column::Id).select_only();
        let names: Vec<String> = names.column(publisher::Column::Name).into_tuple().all(request.db()).await?;
        Ok(Response::ok(names))
    }

    /// Partial update with another name; method decides the status.
    #[action(detail, methods(POST, PUT), permission(IsAuthenticated))]
    async fn rename(request: &Request, publisher: publisher::Model) -> Result<Response> {
        let name = request.data().await?.get("name").cloned().unwrap_or(Value::Null);
        let response = generics::partial_update::<PublisherSerializer>(
            request,
            publisher,
            &Data::from([("name", name)]),
        )
        .await?;
        let status = if request.method() == "POST" { StatusCode::ACCEPTED } else { StatusCode::OK };
        Ok(response.with_status(status))
    }

    #[action(detail)]
    async fn address(_request: &Request, publisher: publisher::Model) -> Result<Response> {
        Ok(Response::ok(address_of(&publisher)))
    }

    #[action(detail, methods(PUT), url_path = "address")]
    async fn set_address(request: &Request, publisher: publisher::Model) -> Result<Response> {
        let data = request.data().await?;
        let saved = generics::save::<PublisherSerializer>(request, publisher, data, true).await?;
        Ok(Response::ok(address_of(&saved.model)))
    }

    #[action(detail, methods(DELETE), url_path = "address")]
    async fn clear_address(request: &Request, publisher: publisher::Model) -> Result<Response> {
        publisher::Entity::update_many()
            .col_expr(publisher::Column::Address, Expr::val(""))
            .filter(publisher::Column::Id.eq(publisher.id))
            .exec(request.db_for_write())
            .await?;
        Ok(Response::no_content())
    }

    #[action(detail, url_path = "books/(?P<category>[a-z]+)", url_name = "by-category")]
    async fn by_category(
        request: &Request,
        publisher: publisher::Model,
        category: String,
    ) -> Result<Response> {
        let names: Vec<String> = book::Entity::find()
            .filter(book::Column::PublisherId.eq(publisher.id))
            .filter(Expr::col(book::Column::Category).eq(category))
            .order_by_asc(book::Column::Id)
            .select_only()
            .column(book::Column::Name)
            .into_tuple()
            .all(request.db())
            .await?;
        Ok(Response::ok(names))
    }
}

fn address_of(publisher: &publisher::Model) -> Value {
    Value::from([("address", publisher.address.as_str())])
}
