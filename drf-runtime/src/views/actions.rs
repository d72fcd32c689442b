//! The steps that generated actions are made of, and that hand-written ones can use. DRF's `generics.py` and `mixins.py`.

use std::any::Any;
use std::str::FromStr;

use futures_util::future::BoxFuture;
use http::{HeaderValue, StatusCode, header};
use sea_orm::sea_query::ColumnType;
use sea_orm::{DbErr, EntityTrait, FromQueryResult, IntoActiveModel, QueryResult};

use super::Answer;
use super::dispatch::check_object_permissions;
use crate::db::{Connection, QuerySet};
use crate::entity::{Column, Entity};
use crate::exceptions::{APIException, Error, Result};
use crate::fields::FieldDescription;
use crate::parsers::Data;
use crate::request::Request;
use crate::response::Response;
use crate::serializers::{
    Create, ListLimits, ModelSerializer, Rows, Saved, Serializer, SerializerDescription, Source, Update,
    Validated, create_many, fetch, fetch_keys, fetch_model, fetch_row, is_valid, is_valid_for, is_valid_list,
    primary_key_of, write_list, write_one, write_returned,
};
use crate::text::numbers::{ParsedInt, parse_int};
use crate::value::Value;

/// 404 for a row that is not there, or not among those that the request may see. Django's `get_object_or_404`.
pub fn not_found(entity: &Entity) -> APIException {
    APIException::not_found_with(format!("No {} matches the given query.", entity.object_name))
}

/// A row as JSON, if there is one.
type WrittenRow = Result<Option<Vec<u8>>, DbErr>;

/// How rows are shown: a serializer without its type. What awaits the database is generic over none and is boxed, so that
/// it is compiled with this crate, and not for each serializer nor in each crate of users.
#[derive(Debug, Clone, Copy)]
struct Shows {
    description: &'static SerializerDescription,
    entity: &'static Entity,
    list: fn(&Request, &Rows) -> Result<Vec<u8>, DbErr>,
    one: fn(&Request, &Rows) -> WrittenRow,
    returned: fn(&Request, Option<QueryResult>) -> WrittenRow,
    model: fn(&QueryResult) -> Result<Model, DbErr>,
}

/// A row as its model, which permissions know.
type Model = Box<dyn Any + Send + Sync>;

/// The key of a row that was saved, and what the statement gave back.
type SavedRow = (sea_orm::Value, Option<QueryResult>);

impl Shows {
    fn of<S: ModelSerializer>() -> Self {
        Self {
            description: S::description(),
            entity: Entity::of::<S::Entity>(),
            list: write_list::<S>,
            one: write_one::<S>,
            returned: write_returned::<S>,
            model: model::<S::Entity>,
        }
    }
}

fn model<E: EntityTrait<Model: Sync>>(row: &QueryResult) -> Result<Model, DbErr> {
    Ok(Box::new(E::Model::from_query_result(row, "")?))
}

/// Lists and single rows.
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
            let db = Connection::pool(self.db());
            let Some(pagination) = &self.policies().pagination else {
                return self.show_all(shows, queryset).await;
            };
            match pagination.paginate_queryset(self, queryset.clone(), &db).await? {
                None => self.show_all(shows, queryset).await,
                Some(page) => {
                    let rows = fetch(self, shows.description, page.queryset.clone(), false, &db).await?;
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
        let db = Connection::pool(self.db());
        let rows = fetch(self, shows.description, queryset, false, &db).await?;
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
            let db = Connection::pool(self.db());
            let queryset = self.filter_queryset(queryset).await?;
            let lookup = self.lookup(queryset.entity())?;
            let checks = self.policies().checks_objects;
            let rows = fetch_row(self, shows.description, queryset, lookup, checks, &db).await?;
            let gone = || not_found(shows.entity);
            if checks {
                let model = (shows.model)(rows.rows.first().ok_or_else(gone)?)?;
                check_object_permissions(self, model.as_ref()).await?;
            }
            let text = (shows.one)(self, &rows)?.ok_or_else(gone)?;
            Ok(Response::json(StatusCode::OK, text))
        })
    }

    /// The row that the URL names, once the permissions have agreed to it. DRF's `get_object`.
    ///
    /// # Errors
    /// 404 if there is none; 401 or 403 if the request may not touch it.
    pub async fn get_object<E: EntityTrait<Model: Sync>>(&self, queryset: QuerySet) -> Result<E::Model> {
        let row = self.get_row(queryset).await?;
        let model = E::Model::from_query_result(&row, "")?;
        check_object_permissions(self, &model).await?;
        Ok(model)
    }

    fn get_row(&self, queryset: QuerySet) -> BoxFuture<'_, Result<QueryResult>> {
        Box::pin(async move {
            let db = Connection::pool(self.db_for_write());
            let queryset = self.filter_queryset(queryset).await?;
            let entity = queryset.entity();
            let lookup = self.lookup(entity)?;
            let row = fetch_model(queryset, lookup, &db).await?;
            row.ok_or_else(|| not_found(entity).into())
        })
    }

    /// The column by which a row is looked up, and the URL's argument as its value.
    pub(super) fn lookup(&self, entity: &'static Entity) -> Result<(&'static Column, sea_orm::Value)> {
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

/// The URL of a new row, where the serializer shows it as `url`. DRF's `get_success_headers`.
fn with_location(response: Response, description: &SerializerDescription) -> Response {
    let shown = description.field("url").filter(|field| !field.write_only);
    let data = shown.and_then(|_| response.data());
    let url = data.as_ref().and_then(|data| data.get("url")).and_then(Value::as_str);
    match url.and_then(|url| HeaderValue::try_from(url).ok()) {
        Some(url) => response.with_header(header::LOCATION, url),
        None => response,
    }
}

/// The URL's argument as a value of the column: `None` if it is none, `Some(None)` for a number beyond all rows.
pub(crate) fn lookup_value(column: &Column, text: &str) -> Option<Option<sea_orm::Value>> {
    match &column.kind {
        _ if column.is_integer() => match parse_int(text)? {
            ParsedInt::Small(number) => Some(Some(number.into())),
            ParsedInt::Big(_) => Some(None),
        },
        ColumnType::Uuid => crate::text::formats::parse_uuid(text).map(|uuid| Some(uuid.into())),
        _ => (!text.contains('\0')).then(|| Some(text.into())),
    }
}

/// Writes.
impl Request {
    /// The body as valid data. DRF's `serializer.is_valid(raise_exception=True)`.
    ///
    /// # Errors
    /// 400 with everything that is wrong with it, and those of [`data`](Self::data).
    pub async fn is_valid<S: Serializer>(&self) -> Result<Validated<S>> {
        self.validate::<S>(self.data().await?, false).await
    }

    /// The body as valid data of which any field may be missing, as in a `PATCH`.
    ///
    /// # Errors
    /// 400 with everything that is wrong with it, and those of [`data`](Self::data).
    pub async fn is_valid_partial<S: Serializer>(&self) -> Result<Validated<S>> {
        self.validate::<S>(self.data().await?, true).await
    }

    /// A body that is a list as valid data, within the limits of the serializer's `list(..)`. DRF's `many=True`.
    ///
    /// # Errors
    /// 400 with everything that is wrong with it, each object's errors at its place.
    pub async fn is_valid_many<S: Serializer>(&self) -> Result<Vec<Validated<S>>> {
        self.is_valid_list::<S>(S::description().list, false).await
    }

    /// The same within other limits; `partial` if any field may be missing.
    ///
    /// # Errors
    /// 400 with everything that is wrong with it, each object's errors at its place.
    pub async fn is_valid_list<S: Serializer>(
        &self,
        limits: ListLimits,
        partial: bool,
    ) -> Result<Vec<Validated<S>>> {
        let db = Connection::pool(self.db_for_write());
        is_valid_list::<S>(self, Source::from(self.data().await?), (limits, partial), &db).await
    }

    /// Any data as valid data; `partial` if any field may be missing.
    ///
    /// # Errors
    /// 400 with everything that is wrong with it.
    pub async fn validate<S: Serializer>(&self, data: &Data, partial: bool) -> Result<Validated<S>> {
        let db = Connection::pool(self.db_for_write());
        is_valid::<S>(self, Source::from(data), partial, &db).await
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
        is_valid_for::<S>(self, Source::from(self.data().await?), instance, partial, &db).await
    }

    /// Saves a new row of valid data. DRF's `perform_create`.
    ///
    /// # Errors
    /// Those of the database, and of the hooks of serializer and model.
    pub async fn perform_create<S: ModelSerializer>(
        &self,
        data: Validated<S>,
        db: &Connection,
    ) -> Result<Saved<S::Entity>> {
        Create::<S>::new(self, data, db)?.save().await
    }

    /// Saves valid changes of a row. DRF's `perform_update`.
    ///
    /// # Errors
    /// Those of the database, and of the hooks of serializer and model.
    pub async fn perform_update<S: ModelSerializer>(
        &self,
        data: Validated<S>,
        instance: <S::Entity as EntityTrait>::Model,
        db: &Connection,
    ) -> Result<Saved<S::Entity>>
    where
        <S::Entity as EntityTrait>::Model: IntoActiveModel<<S::Entity as EntityTrait>::ActiveModel>,
    {
        Update::<S>::new(self, data, instance, db)?.save().await
    }

    /// Saves the new row, or the new rows, of the body and answers with it, or them: what a viewset with `bulk_create` does.
    ///
    /// # Errors
    /// 400 with everything that is wrong with the body.
    pub async fn create_one_or_many<S: ModelSerializer>(&self) -> Result<Response> {
        match self.data().await? {
            Data::Json(Value::List(_)) => self.create_many::<S>().await,
            _ => self.create::<S>().await,
        }
    }

    /// Saves the rows of a body that is a list, in one statement, and answers with them. DRF's `ListSerializer.create` with
    /// `bulk_create`.
    ///
    /// # Errors
    /// 400 with everything that is wrong with the body, each object's errors at its place.
    pub async fn create_many<S: ModelSerializer>(&self) -> Result<Response> {
        let data = self.is_valid_many::<S>().await?;
        let db = self.begin_transaction().await?;
        let saved = create_many::<S>(data, &db).await?;
        db.commit().await?;
        let mut rows = Vec::with_capacity(saved.len());
        for saved in saved {
            rows.push((primary_key_of::<S::Entity>(&saved.model), saved.row));
        }
        self.all_saved(Shows::of::<S>(), rows).await
    }

    fn all_saved(&self, shows: Shows, saved: Vec<SavedRow>) -> Answer<'_> {
        Box::pin(async move {
            let (keys, rows): (Vec<_>, Vec<_>) = saved.into_iter().unzip();
            let rows = rows.into_iter().collect::<Option<Vec<_>>>();
            let rows = match rows.filter(|_| shows.description.plan().is_own()) {
                Some(rows) => Rows::own(rows),
                None => {
                    let db = Connection::pool(self.db_for_write());
                    fetch_keys(self, shows.description, shows.entity, &keys, &db).await?
                }
            };
            Ok(Response::json(StatusCode::CREATED, (shows.list)(self, &rows)?))
        })
    }

    /// Where a row of this serializer is saved: a transaction if that takes several statements.
    ///
    /// # Errors
    /// Those of the database.
    pub fn begin<S: ModelSerializer>(&self) -> BoxFuture<'_, Result<Connection>> {
        self.begin_if(S::description().fields.iter().any(FieldDescription::writes_other_tables))
    }

    /// Where a row is deleted: a transaction if others depend on it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn begin_destroy(&self) -> BoxFuture<'_, Result<Connection>> {
        self.begin_if(!self.view().description.cascade.is_empty())
    }

    fn begin_if(&self, several_statements: bool) -> BoxFuture<'_, Result<Connection>> {
        Box::pin(async move {
            match several_statements {
                true => self.begin_transaction().await,
                false => Ok(Connection::pool(self.db_for_write())),
            }
        })
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
    pub fn created<S: ModelSerializer>(&self, saved: Saved<S::Entity>, db: Connection) -> Answer<'_> {
        let key = primary_key_of::<S::Entity>(&saved.model);
        self.saved(Shows::of::<S>(), StatusCode::CREATED, (key, saved.row), db)
    }

    /// 200 with the row as it is now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn updated<S: ModelSerializer>(&self, saved: Saved<S::Entity>, db: Connection) -> Answer<'_> {
        let key = primary_key_of::<S::Entity>(&saved.model);
        self.saved(Shows::of::<S>(), StatusCode::OK, (key, saved.row), db)
    }

    /// 204.
    ///
    /// # Errors
    /// Those of the database.
    pub fn destroyed(&self, db: Connection) -> Answer<'_> {
        Box::pin(async move {
            db.commit().await?;
            Ok(Response::no_content())
        })
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
        let valid = is_valid_for::<S>(self, Source::from(data), &instance, partial, &pool).await?;
        let db = self.begin::<S>().await?;
        let saved = self.perform_update::<S>(valid, instance, &db).await?;
        db.commit().await?;
        Ok(saved)
    }

    fn saved(&self, shows: Shows, status: StatusCode, saved: SavedRow, db: Connection) -> Answer<'_> {
        Box::pin(async move {
            db.commit().await?;
            let response = Response::json(status, self.shown(shows, saved).await?);
            let created = status == StatusCode::CREATED;
            Ok(if created { with_location(response, shows.description) } else { response })
        })
    }

    fn shown(&self, shows: Shows, (key, row): SavedRow) -> BoxFuture<'_, Result<Vec<u8>>> {
        Box::pin(async move {
            match (shows.returned)(self, row)? {
                Some(text) => Ok(text),
                None => self.representation(shows, key).await,
            }
        })
    }

    /// Answers with a row. DRF's `Response(Serializer(instance).data)`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn represent<S: ModelSerializer>(&self, instance: &<S::Entity as EntityTrait>::Model) -> Answer<'_> {
        self.represent_of(Shows::of::<S>(), primary_key_of::<S::Entity>(instance))
    }

    fn represent_of(&self, shows: Shows, key: sea_orm::Value) -> Answer<'_> {
        Box::pin(async move {
            let text = self.representation(shows, key).await?;
            Ok(Response::json(StatusCode::OK, text))
        })
    }

    /// The row with a key as JSON, whatever the scope of the viewset is.
    async fn representation(&self, shows: Shows, key: sea_orm::Value) -> Result<Vec<u8>> {
        let db = Connection::pool(self.db_for_write());
        let lookup = (shows.entity.primary_key(), key);
        let queryset = QuerySet::all(shows.entity);
        let rows = fetch_row(self, shows.description, queryset, lookup, false, &db).await?;
        (shows.one)(self, &rows)?.ok_or_else(|| Error::internal("the row that was saved is not there"))
    }
}
