//! Everything a module with serializers and viewsets needs: `use drf::prelude::*`.

pub use chrono::Utc;
pub use http::StatusCode;
pub use sea_orm::ActiveValue::{NotSet, Set};
// sea-orm's own names, so that both preludes can be imported together
pub use sea_orm::prelude::{Date, DateTimeUtc, Decimal, Json, Time, Uuid};

pub use crate::authentication::{Authentication, BasicAuthentication, TokenAuthentication, User};
pub use crate::db::{Connection, QuerySet, Row, Transaction};
pub use crate::exceptions::{APIException, Error, Result, ValidationError};
pub use crate::fields::{
    Choices, Email, File, HyperlinkedIdentity, HyperlinkedRelated, IndexMap, MultipleChoice, OrBlank,
    PrimaryKeyRelated, ReadOnly, Slug, SlugRelated, StringRelated, Url,
};
pub use crate::filters::FilterBackend;
pub use crate::pagination::{LimitOffsetPagination, Page, PageNumberPagination, Pagination};
pub use crate::permissions::{AllowAny, IsAdminUser, IsAuthenticated, IsAuthenticatedOrReadOnly, Permission};
pub use crate::routers::{DefaultRouter, SimpleRouter, Urls};
pub use crate::serializers::{
    Context, Create, CreateOnlyDefault, CurrentUserDefault, Destroy, ListLimits, Saved, Serializer, Update,
    Validated,
};
pub use crate::throttling::{
    AnonRateThrottle, Rate, ScopedRateThrottle, SimpleRateThrottle, Throttle, UserRateThrottle, Verdict,
};
pub use crate::{
    App, Choices, Classes, Request, Response, Settings, Value, action, actions, api_view, authentication,
    generics, model_viewset, permission, read_only_model_viewset, serializer, throttle, viewset,
};
