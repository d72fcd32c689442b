//! Actions that write, as a whole: for viewsets that have no hook in them. DRF's `mixins.py`.

use futures_util::future::BoxFuture;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, Value};

use crate::db::{QuerySet, Transaction};
use crate::exceptions::Result;
use crate::fields::FieldDescription;
use crate::parsers::Data;
use crate::request::Request;
use crate::response::Response;
use crate::serializers::{
    Deferred, ModelSerializer, Saved, SerializerDescription, SerializerHooks, Source, is_valid_unseen,
    update_unseen,
};

type ModelOf<S> = <<S as ModelSerializer>::Entity as EntityTrait>::Model;
type ActiveModelOf<S> = <<S as ModelSerializer>::Entity as EntityTrait>::ActiveModel;

impl Request {
    /// Saves a new row of the body and answers with it. DRF's `CreateModelMixin.create`.
    ///
    /// # Errors
    /// 400 with everything that is wrong with the body.
    pub async fn create<S: ModelSerializer>(&self) -> Result<Response> {
        let deferred = Deferred::of(self, S::HOOKS, self.most_deferred(S::description()));
        let source = Source::from(self.data().await?);
        let data = is_valid_unseen::<S>(self, source, (false, false), deferred, self.db_for_write()).await?;
        let db = self.begin::<S>().await?;
        let saved = self.perform_create::<S>(data, &db).await?;
        self.created::<S>(saved, db).await
    }

    /// Returns what a new row without hooks leaves to the constraints of the database.
    fn most_deferred(&self, description: &SerializerDescription) -> Deferred {
        let generated = description.entity.is_some_and(|entity| entity.primary_key().generated);
        // A sequence or AUTO_INCREMENT gives each number once, to rows that are rejected as well: the next key would not be
        // the one that Django, which looks first, would have given.
        if generated && self.db_for_write().get_database_backend() != DbBackend::Sqlite {
            return Deferred::Nothing;
        }
        match writes_one_row(description) {
            true => Deferred::UniqueAndReferences,
            // In a transaction, a foreign key may be checked only at its end.
            false => Deferred::Unique,
        }
    }

    /// Changes the row that the URL names as the body says and answers with it. DRF's `UpdateModelMixin.update`.
    ///
    /// # Errors
    /// 404 if there is no such row; 400 with everything that is wrong with the body.
    pub async fn update<S: ModelSerializer>(&self, queryset: QuerySet, partial: bool) -> Result<Response>
    where
        ModelOf<S>: IntoActiveModel<ActiveModelOf<S>>,
    {
        if self.settings().update_in_place
            && let Some(saved) = self.update_unseen::<S>(&queryset, partial).await?
        {
            return self.updated::<S>(saved, Transaction::autocommit(self.db_for_write().clone())).await;
        }
        let instance = self.get_object::<S::Entity>(queryset).await?;
        let data = self.is_valid_before_write::<S>(self.data().await?, &instance, partial).await?;
        let db = self.begin::<S>().await?;
        let saved = self.perform_update::<S>(data, instance, &db).await?;
        self.updated::<S>(saved, db).await
    }

    /// Changes the row without having looked at it. `None` where somebody must look at it, and where there is anything to
    /// complain about: whether the row is there is said before that.
    async fn update_unseen<S: ModelSerializer>(
        &self,
        queryset: &QuerySet,
        partial: bool,
    ) -> Result<Option<Saved<S::Entity>>> {
        if S::HOOKS != SerializerHooks::None || self.in_transaction() {
            return Ok(None);
        }
        let Some((data, key)) = self.unseen(S::description(), queryset).await else { return Ok(None) };
        let (source, deferred) = (Source::from(data), Deferred::UniqueAndReferences);
        match is_valid_unseen::<S>(self, source, (partial, true), deferred, self.db_for_write()).await {
            Ok(valid) => update_unseen::<S>(self, &valid, key).await,
            Err(_) => Ok(None),
        }
    }

    /// The body and the key of the row that it changes, if nobody must look at the row. Boxed, so that it is compiled here
    /// and not for each serializer.
    fn unseen<'a>(
        &'a self,
        description: &'static SerializerDescription,
        queryset: &'a QuerySet,
    ) -> BoxFuture<'a, Option<(&'a Data, Value)>> {
        Box::pin(async move {
            let plain = writes_one_row(description) && description.unique_together.is_empty();
            let whole = self.filter_queryset(queryset.clone()).await.is_ok_and(|rows| rows.is_whole());
            if !plain || !whole || self.policies().checks_objects {
                return None;
            }
            let (column, key) = self.lookup(queryset.entity()).ok()?;
            let data = self.data().await.ok()?;
            column.primary_key.then_some((data, key))
        })
    }
}

fn writes_one_row(description: &SerializerDescription) -> bool {
    !description.fields.iter().any(FieldDescription::writes_other_tables)
}
