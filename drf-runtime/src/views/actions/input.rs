//! Bodies as valid data.

use sea_orm::EntityTrait;

use crate::exceptions::Result;
use crate::parsers::Data;
use crate::request::Request;
use crate::serializers::{
    Deferred, ListLimits, ModelSerializer, Serializer, Source, Validated, is_valid, is_valid_for,
    is_valid_list,
};

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
        let data = Source::from(self.data().await?);
        is_valid_list::<S>(self, data, (limits, partial), self.db_for_write()).await
    }

    /// Any data as valid data; `partial` if any field may be missing.
    ///
    /// # Errors
    /// 400 with everything that is wrong with it.
    pub async fn validate<S: Serializer>(&self, data: &Data, partial: bool) -> Result<Validated<S>> {
        is_valid::<S>(self, Source::from(data), partial, self.db_for_write()).await
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
        let (data, mode) = (Source::from(self.data().await?), (partial, Deferred::Nothing));
        is_valid_for::<S>(self, data, instance, mode, self.db_for_write()).await
    }

    /// Validates changes of a row that are written straight away.
    pub(in crate::views) async fn is_valid_before_write<S: ModelSerializer>(
        &self,
        data: &Data,
        instance: &<S::Entity as EntityTrait>::Model,
        partial: bool,
    ) -> Result<Validated<S>> {
        let deferred = Deferred::of(self, S::HOOKS, Deferred::Unique);
        is_valid_for::<S>(self, Source::from(data), instance, (partial, deferred), self.db_for_write()).await
    }
}
