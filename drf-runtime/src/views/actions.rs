//! The steps that generated actions are made of, and that hand-written ones can use. DRF's `generics.py` and `mixins.py`.

use std::str::FromStr;

use http::StatusCode;
use sea_orm::sea_query::ColumnType;
use sea_orm::{EntityTrait, FromQueryResult, IntoActiveModel};

use super::dispatch::check_object_permissions;
use crate::db::{Connection, QuerySet};
use crate::entity::{Column, Entity};
use crate::exceptions::{APIException, Error, Result};
use crate::parsers::Data;
use crate::request::Request;
use crate::response::Response;
use crate::serializers::{
    ModelSerializer, Saved, Update, Validated, fetch, fetch_model, fetch_row, is_valid, primary_key_of,
    write_list, write_one, write_returned,
};
use crate::text::numbers::{ParsedInt, parse_int};

/// 404 for a row that is not there, or not among those that the request may see. Django's `get_object_or_404`.
pub fn not_found(entity: &Entity) -> APIException {
    APIException::not_found_with(format!("No {} matches the given query.", entity.object_name))
}

/// Lists and single rows.
impl Request {
    /// Narrows and orders rows as the query string says. DRF's `filter_queryset`.
    ///
    /// # Errors
    /// 400 for a parameter that a filter cannot read.
    pub async fn filter_queryset(&self, mut queryset: QuerySet) -> Result<QuerySet> {
        for backend in &self.policies().filter_backends {
            queryset = backend.inner.filter_queryset(self, queryset).await?;
        }
        Ok(queryset)
    }

    /// Answers with a page of rows, or with all of them where there is no pagination.
    ///
    /// # Errors
    /// 404 for a page that is not there.
    pub async fn list<S: ModelSerializer>(&self, queryset: QuerySet) -> Result<Response> {
        let db = Connection::pool(self.db());
        let Some(pagination) = &self.policies().pagination else {
            return self.serialize::<S>(queryset).await;
        };
        match pagination.paginate_queryset(self, queryset.clone(), &db).await? {
            None => self.serialize::<S>(queryset).await,
            Some(page) => {
                let rows = fetch(S::description(), page.queryset.clone(), false, &db).await?;
                Ok(pagination.get_paginated_response(&page, write_list::<S>(&rows)?))
            }
        }
    }

    /// Answers with all rows of a set. DRF's `Response(Serializer(queryset, many=True).data)`.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn serialize<S: ModelSerializer>(&self, queryset: impl Into<QuerySet>) -> Result<Response> {
        let db = Connection::pool(self.db());
        let rows = fetch(S::description(), queryset.into(), false, &db).await?;
        Ok(Response::json(StatusCode::OK, write_list::<S>(&rows)?))
    }

    /// Answers with the row that the URL names. DRF's `retrieve`.
    ///
    /// # Errors
    /// 404 if there is none; 401 or 403 if the request may not see it.
    pub async fn retrieve<S: ModelSerializer>(&self, queryset: QuerySet) -> Result<Response> {
        let db = Connection::pool(self.db());
        let queryset = self.filter_queryset(queryset).await?;
        let lookup = self.lookup(queryset.entity())?;
        let checks = self.policies().checks_objects;
        let rows = fetch_row(S::description(), queryset, lookup, checks, &db).await?;
        let gone = || not_found(Entity::of::<S::Entity>());
        if checks {
            let row = rows.rows.first().ok_or_else(gone)?;
            let model = <S::Entity as EntityTrait>::Model::from_query_result(row, "")?;
            check_object_permissions(self, &model).await?;
        }
        let text = write_one::<S>(&rows)?.ok_or_else(gone)?;
        Ok(Response::json(StatusCode::OK, text))
    }

    /// The row that the URL names, once the permissions have agreed to it. DRF's `get_object`.
    ///
    /// # Errors
    /// 404 if there is none; 401 or 403 if the request may not touch it.
    pub async fn get_object<E: EntityTrait<Model: Sync>>(&self, queryset: QuerySet) -> Result<E::Model> {
        let db = Connection::pool(self.db_for_write());
        let queryset = self.filter_queryset(queryset).await?;
        let lookup = self.lookup(queryset.entity())?;
        let model = fetch_model::<E>(queryset, lookup, &db).await?;
        let model = model.ok_or_else(|| not_found(Entity::of::<E>()))?;
        check_object_permissions(self, &model).await?;
        Ok(model)
    }

    /// The column by which a row is looked up, and the URL's argument as its value.
    fn lookup(&self, entity: &'static Entity) -> Result<(&'static Column, sea_orm::Value)> {
        let lookup = &self.view().description.lookup;
        let column = lookup.field.unwrap_or(entity.primary_key());
        let text = self.kwarg(lookup.url_kwarg).unwrap_or_default();
        let value = lookup_value(column, text).ok_or_else(APIException::not_found)?;
        let value = value.ok_or_else(|| not_found(entity))?;
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

/// The URL's argument as a value of the column: `None` if it is none, `Some(None)` for a number beyond all rows.
fn lookup_value(column: &Column, text: &str) -> Option<Option<sea_orm::Value>> {
    match &column.kind {
        ColumnType::TinyInteger
        | ColumnType::SmallInteger
        | ColumnType::Integer
        | ColumnType::BigInteger
        | ColumnType::TinyUnsigned
        | ColumnType::SmallUnsigned
        | ColumnType::Unsigned
        | ColumnType::BigUnsigned => match parse_int(text)? {
            ParsedInt::Small(number) => Some(Some(number.into())),
            ParsedInt::Big(_) => Some(None),
        },
        ColumnType::Uuid => crate::text::formats::parse_uuid(text).map(|uuid| Some(uuid.into())),
        _ => (!text.contains('\0')).then(|| Some(text.into())),
    }
}

/// Writes.
impl Request {
    /// The body as values for a new row. DRF's `serializer.is_valid(raise_exception=True)`.
    ///
    /// # Errors
    /// 400 with everything that is wrong with it, and those of [`data`](Self::data).
    pub async fn is_valid<S: ModelSerializer>(&self) -> Result<Validated<S>> {
        let db = Connection::pool(self.db_for_write());
        is_valid::<S>(self, self.data().await?, None, false, &db).await
    }

    /// The body as changes of a row; `partial` as in a `PATCH`.
    ///
    /// # Errors
    /// 400 with everything that is wrong with it, and those of [`data`](Self::data).
    pub async fn is_valid_for<S: ModelSerializer>(
        &self,
        instance: &<S::Entity as EntityTrait>::Model,
        partial: bool,
    ) -> Result<Validated<S>> {
        let db = Connection::pool(self.db_for_write());
        is_valid::<S>(self, self.data().await?, Some(instance), partial, &db).await
    }

    /// Where a row of this serializer is saved: a transaction if that takes several statements.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin<S: ModelSerializer>(&self) -> Result<Connection> {
        let linked = S::description().fields.iter().any(|field| {
            !field.read_only && field.relation.as_ref().is_some_and(|relation| relation.through.is_some())
        });
        if linked { self.begin_transaction().await } else { Ok(Connection::pool(self.db_for_write())) }
    }

    /// Where a row is deleted: a transaction if others depend on it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin_destroy(&self) -> Result<Connection> {
        if !self.view().description.cascade.is_empty() {
            self.begin_transaction().await
        } else {
            Ok(Connection::pool(self.db_for_write()))
        }
    }

    /// Statements that are done together or not at all. It is rolled back unless it is committed.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin_transaction(&self) -> Result<Connection> {
        Ok(Connection::begin(self.db_for_write()).await?)
    }

    /// 201 with the row as it is now.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn created<S: ModelSerializer>(
        &self,
        saved: Saved<S::Entity>,
        db: Connection,
    ) -> Result<Response> {
        self.saved::<S>(StatusCode::CREATED, saved, db).await
    }

    /// 200 with the row as it is now.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn updated<S: ModelSerializer>(
        &self,
        saved: Saved<S::Entity>,
        db: Connection,
    ) -> Result<Response> {
        self.saved::<S>(StatusCode::OK, saved, db).await
    }

    /// 204.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn destroyed(&self, db: Connection) -> Result<Response> {
        db.commit().await?;
        Ok(Response::no_content())
    }

    /// Changes some fields of a row and answers with it: for actions that write.
    ///
    /// # Errors
    /// 400 with everything that is wrong with the data.
    pub async fn partial_update<S: ModelSerializer>(
        &self,
        instance: <S::Entity as EntityTrait>::Model,
        data: &Data,
    ) -> Result<Response>
    where
        <S::Entity as EntityTrait>::Model: IntoActiveModel<<S::Entity as EntityTrait>::ActiveModel>,
    {
        let saved = self.save::<S>(instance, data, true).await?;
        self.updated::<S>(saved, Connection::pool(self.db_for_write())).await
    }

    /// Validates data for a row and saves it; `partial` as in a `PATCH`.
    ///
    /// # Errors
    /// 400 with everything that is wrong with the data.
    pub async fn save<S: ModelSerializer>(
        &self,
        instance: <S::Entity as EntityTrait>::Model,
        data: &Data,
        partial: bool,
    ) -> Result<Saved<S::Entity>>
    where
        <S::Entity as EntityTrait>::Model: IntoActiveModel<<S::Entity as EntityTrait>::ActiveModel>,
    {
        let pool = Connection::pool(self.db_for_write());
        let valid = is_valid::<S>(self, data, Some(&instance), partial, &pool).await?;
        let db = self.begin::<S>().await?;
        let saved = Update::<S>::new(valid, instance, &db)?.save().await?;
        db.commit().await?;
        Ok(saved)
    }

    async fn saved<S: ModelSerializer>(
        &self,
        status: StatusCode,
        saved: Saved<S::Entity>,
        db: Connection,
    ) -> Result<Response> {
        db.commit().await?;
        let key = primary_key_of::<S::Entity>(&saved.model);
        let text = match write_returned::<S>(saved.row)? {
            Some(text) => text,
            None => self.representation::<S>(key).await?,
        };
        Ok(Response::json(status, text))
    }

    /// The row with a key as JSON, whatever the scope of the viewset is.
    async fn representation<S: ModelSerializer>(&self, key: sea_orm::Value) -> Result<Vec<u8>> {
        let db = Connection::pool(self.db_for_write());
        let entity = Entity::of::<S::Entity>();
        let lookup = (entity.primary_key(), key);
        let rows = fetch_row(S::description(), QuerySet::all(entity), lookup, false, &db).await?;
        write_one::<S>(&rows)?.ok_or_else(|| Error::internal("the row that was saved is not there"))
    }
}
