//! Lists and single rows.

use std::any::Any;
use std::str::FromStr;

use futures_util::future::BoxFuture;
use http::StatusCode;
use sea_orm::{EntityTrait, FromQueryResult, QueryResult};

use super::Shows;
use crate::db::QuerySet;
use crate::exceptions::{APIException, Error, Result};
use crate::request::Request;
use crate::response::Response;
use crate::schema::{Column, Entity};
use crate::serializers::{ModelSerializer, fetch, fetch_locked, fetch_model, fetch_row};
use crate::views::Answer;
use crate::views::dispatch::check_object_permissions;

impl Request {
    /// Narrows and orders rows as the query string says. DRF's `filter_queryset`.
    ///
    /// # Errors
    /// 400 for a parameter that a filter cannot read.
    pub async fn filter_queryset(&self, mut queryset: QuerySet) -> Result<QuerySet> {
        for backend in self.policies().filter_backends.iter().filter(|backend| backend.inner.applies(self)) {
            queryset = backend.inner.filter_queryset(self, queryset).await?;
        }
        Ok(queryset)
    }

    /// Answers with a page of rows, or with all of them where there is no pagination.
    ///
    /// # Errors
    /// 404 for a page that is not there.
    pub fn list<S: ModelSerializer>(&self, queryset: QuerySet) -> Answer<'_> {
        self.list_of(Shows::of::<S>(), queryset)
    }

    fn list_of(&self, shows: Shows, queryset: QuerySet) -> Answer<'_> {
        Box::pin(async move {
            let db = self.db();
            let Some(pagination) = &self.policies().pagination else {
                return self.show_all(shows, queryset).await;
            };
            match pagination.paginate_queryset(self, queryset.clone(), db).await? {
                None => self.show_all(shows, queryset).await,
                Some(page) => {
                    let rows = fetch(self, shows.description, page.queryset.clone(), false, db).await?;
                    Ok(pagination.get_paginated_response(&page, (shows.list)(self, &rows)?))
                }
            }
        })
    }

    /// Answers with all rows of a set. DRF's `Response(Serializer(queryset, many=True).data)`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn serialize<S: ModelSerializer>(&self, queryset: impl Into<QuerySet>) -> Answer<'_> {
        self.serialize_of(Shows::of::<S>(), queryset.into())
    }

    fn serialize_of(&self, shows: Shows, queryset: QuerySet) -> Answer<'_> {
        Box::pin(self.show_all(shows, queryset))
    }

    async fn show_all(&self, shows: Shows, queryset: QuerySet) -> Result<Response> {
        let rows = fetch(self, shows.description, queryset, false, self.db()).await?;
        Ok(Response::json(StatusCode::OK, (shows.list)(self, &rows)?))
    }

    /// Answers with the row that the URL names. DRF's `retrieve`.
    ///
    /// # Errors
    /// 404 if there is none; 401 or 403 if the request may not see it.
    pub fn retrieve<S: ModelSerializer>(&self, queryset: QuerySet) -> Answer<'_> {
        self.retrieve_of(Shows::of::<S>(), queryset)
    }

    fn retrieve_of(&self, shows: Shows, queryset: QuerySet) -> Answer<'_> {
        Box::pin(async move {
            let queryset = self.filter_queryset(queryset).await?;
            let lookup = self.lookup(queryset.entity())?;
            let checks = self.policies().checks_objects;
            let rows = fetch_row(self, shows.description, queryset, lookup, checks, self.db()).await?;
            let gone = || shows.entity.not_found();
            if checks {
                let model = (shows.model)(rows.rows.first().ok_or_else(gone)?)?;
                check_object_permissions(self, model.as_ref()).await?;
            }
            let text = (shows.one)(self, &rows)?.ok_or_else(gone)?;
            Ok(Response::json(StatusCode::OK, text))
        })
    }

    /// Returns the row that the URL names, once the permissions have agreed to it. DRF's `get_object`. In a viewset with `atomic`,
    /// a request that writes locks the row until its end: Django's `select_for_update`.
    ///
    /// # Errors
    /// 404 if there is none; 401 or 403 if the request may not touch it.
    pub async fn get_object<E: EntityTrait<Model: Sync>>(&self, queryset: QuerySet) -> Result<E::Model> {
        let row = self.get_row(queryset).await?;
        let model = E::Model::from_query_result(&row, "")?;
        check_object_permissions(self, &model).await?;
        Ok(model)
    }

    /// Asks the permissions about an object that was not loaded with [`get_object`](Self::get_object). DRF's
    /// `check_object_permissions`.
    ///
    /// # Errors
    /// 401 or 403 if the request may not touch it; 500 if a permission cannot judge objects of this type.
    pub async fn check_object_permissions<M: Any + Send + Sync>(&self, object: &M) -> Result<()> {
        check_object_permissions(self, object).await
    }

    fn get_row(&self, queryset: QuerySet) -> BoxFuture<'_, Result<QueryResult>> {
        Box::pin(async move {
            let queryset = self.filter_queryset(queryset).await?;
            let (entity, db) = (queryset.entity(), self.db_for_write());
            let lookup = self.lookup(entity)?;
            let row = match self.view().description.atomic && self.in_transaction() {
                true => fetch_locked(queryset, lookup, db).await?,
                false => fetch_model(queryset, lookup, db).await?,
            };
            row.ok_or_else(|| entity.not_found().into())
        })
    }

    /// The column by which a row is looked up, and the URL's argument as its value.
    pub(in crate::views) fn lookup(
        &self,
        entity: &'static Entity,
    ) -> Result<(&'static Column, sea_orm::Value)> {
        let lookup = &self.view().description.lookup;
        let column = lookup.field.unwrap_or(entity.primary_key());
        let text = self.kwarg(lookup.url_kwarg).ok_or_else(|| no_such_argument(lookup.url_kwarg))?;
        let value = column.parse_lookup(text).ok_or_else(APIException::not_found)?;
        let value = value.ok_or_else(|| entity.not_found())?;
        Ok((column, value))
    }

    /// An argument of the URL as a value; what does not parse is no page of ours.
    ///
    /// # Errors
    /// 404.
    pub fn parse_kwarg<T: FromStr>(&self, name: &str) -> Result<T> {
        self.kwarg(name).and_then(|text| text.parse().ok()).ok_or_else(|| APIException::not_found().into())
    }
}

/// Fails with a 500: an action without a part of the URL for the row asked for one.
fn no_such_argument(name: &str) -> Error {
    Error::internal(format!(
        "the URL has no argument `{name}`: is `get_object` called in an action without `detail`?"
    ))
}
