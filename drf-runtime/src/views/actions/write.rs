//! Saving rows, and answering with them.

use futures_util::future::BoxFuture;
use http::{HeaderValue, StatusCode, header};
use sea_orm::{EntityTrait, IntoActiveModel, QueryResult};

use super::Shows;
use crate::db::{Connection, QuerySet, Transaction};
use crate::exceptions::Result;
use crate::fields::FieldDescription;
use crate::parsers::Data;
use crate::request::Request;
use crate::response::Response;
use crate::serializers::{
    Create, ModelSerializer, Rows, Saved, SerializerDescription, SerializerHooks, Update, Validated,
    create_many, deletion_plan, fetch_keys, fetch_row, primary_key_of,
};
use crate::value::Value;
use crate::views::Answer;

/// The statements of a write, decided by its serializer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Atomicity {
    /// One, which takes effect by itself
    Statement,
    /// Several, which take effect together
    Transaction,
}

impl Atomicity {
    fn of(hooks: SerializerHooks, description: &SerializerDescription) -> Self {
        let several_tables = || description.fields.iter().any(FieldDescription::writes_other_tables);
        match hooks == SerializerHooks::Save || several_tables() {
            true => Atomicity::Transaction,
            false => Atomicity::Statement,
        }
    }
}

/// The key of a row that was saved, and what the statement gave back.
type SavedRow = (sea_orm::Value, Option<QueryResult>);

impl Request {
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

    /// Saves the rows of a body that is a list, in one transaction, and answers with them: in one statement, or one by one by the
    /// serializer's own `create`. DRF's `ListSerializer.create`, with `bulk_create` where that saves the same.
    ///
    /// # Errors
    /// 400 with everything that is wrong with the body, each object's errors at its place.
    pub async fn create_many<S: ModelSerializer>(&self) -> Result<Response> {
        let data = self.is_valid_many::<S>().await?;
        let db = self.begin_transaction().await?;
        let saved = create_many::<S>(data, self, &db).await?;
        let mut rows = Vec::with_capacity(saved.len());
        for saved in saved {
            rows.push((primary_key_of::<S::Entity>(&saved.model), saved.row));
        }
        self.all_saved(Shows::of::<S>(), rows, db).await
    }

    fn all_saved(&self, shows: Shows, saved: Vec<SavedRow>, db: Transaction) -> Answer<'_> {
        Box::pin(async move {
            let (keys, rows): (Vec<_>, Vec<_>) = saved.into_iter().unzip();
            let rows = rows.into_iter().collect::<Option<Vec<_>>>();
            let rows = match rows.filter(|_| shows.description.plan().is_own()) {
                Some(rows) => Rows::own(rows),
                None => {
                    let db = self.db_for_write();
                    fetch_keys(self, shows.description, shows.entity, &keys, db).await?
                }
            };
            let response = Response::json(StatusCode::CREATED, (shows.list)(self, &rows)?);
            self.commit(db).await?;
            Ok(response)
        })
    }

    /// Returns the connection on which a row of this serializer is saved: a transaction if that takes several statements, or if
    /// functions of the user save it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn begin<S: ModelSerializer>(&self) -> BoxFuture<'_, Result<Transaction>> {
        self.begin_write(Atomicity::of(S::HOOKS, S::description()))
    }

    /// Returns the connection on which a row is deleted: a transaction if others depend on it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn begin_destroy(&self) -> BoxFuture<'_, Result<Transaction>> {
        Box::pin(async {
            let db = self.db_for_write();
            let one_statement = match self.view().description.entity {
                Some(entity) => {
                    deletion_plan(self, entity, db).await?.is_one_statement(self.in_transaction())
                }
                None => true,
            };
            self.begin_write(if one_statement { Atomicity::Statement } else { Atomicity::Transaction }).await
        })
    }

    fn begin_write(&self, atomicity: Atomicity) -> BoxFuture<'_, Result<Transaction>> {
        match atomicity {
            Atomicity::Transaction => self.begin_transaction(),
            Atomicity::Statement => {
                Box::pin(async { Ok(Transaction::autocommit(self.db_for_write().clone())) })
            }
        }
    }

    /// Commits a write. What is stored then is not written again.
    async fn commit(&self, db: Transaction) -> Result<()> {
        db.commit().await?;
        self.note_stored();
        Ok(())
    }

    fn note_stored(&self) {
        if !self.in_transaction() {
            self.forbid_repetition();
        }
    }

    /// 201 with the row as it is now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn created<S: ModelSerializer>(&self, saved: Saved<S::Entity>, db: Transaction) -> Answer<'_> {
        let key = primary_key_of::<S::Entity>(&saved.model);
        self.saved(Shows::of::<S>(), StatusCode::CREATED, (key, saved.row), db)
    }

    /// 200 with the row as it is now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn updated<S: ModelSerializer>(&self, saved: Saved<S::Entity>, db: Transaction) -> Answer<'_> {
        let key = primary_key_of::<S::Entity>(&saved.model);
        self.saved(Shows::of::<S>(), StatusCode::OK, (key, saved.row), db)
    }

    /// 204.
    ///
    /// # Errors
    /// Those of the database.
    pub fn destroyed(&self, db: Transaction) -> Answer<'_> {
        Box::pin(async move {
            self.commit(db).await?;
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
        let (saved, db) = self.save_in_transaction::<S>(instance, data, true).await?;
        self.updated::<S>(saved, db).await
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
        let (saved, db) = self.save_in_transaction::<S>(instance, data, partial).await?;
        self.commit(db).await?;
        Ok(saved)
    }

    async fn save_in_transaction<S: ModelSerializer>(
        &self,
        instance: <S::Entity as EntityTrait>::Model,
        data: &Data,
        partial: bool,
    ) -> Result<(Saved<S::Entity>, Transaction)>
    where
        <S::Entity as EntityTrait>::Model: IntoActiveModel<<S::Entity as EntityTrait>::ActiveModel>,
    {
        let valid = self.is_valid_before_write::<S>(data, &instance, partial).await?;
        let db = self.begin::<S>().await?;
        let saved = self.perform_update::<S>(valid, instance, &db).await?;
        Ok((saved, db))
    }

    /// Serializes a saved row, before the commit: afterwards another request may have deleted it.
    fn saved(&self, shows: Shows, status: StatusCode, saved: SavedRow, db: Transaction) -> Answer<'_> {
        Box::pin(async move {
            self.note_stored();
            let response = Response::json(status, self.shown(shows, saved).await?);
            self.commit(db).await?;
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
        let lookup = (shows.entity.primary_key(), key);
        let queryset = QuerySet::all(shows.entity);
        let rows = fetch_row(self, shows.description, queryset, lookup, false, self.db_for_write()).await?;
        (shows.one)(self, &rows)?.ok_or_else(|| shows.entity.not_found().into())
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
