use drf::fields::IPAddress;
use drf::prelude::*;
use drf::sea_orm::prelude::Json;

use super::PAGES;
use crate::entities::audit_log;

#[serializer(entity = audit_log::Entity)]
pub struct AuditLogSerializer {
    pub id: i64,
    pub method: String,
    pub uri: String,
    pub query_string: String,
    pub username: String,
    pub remote_ip: Option<IPAddress>,
    pub body: Option<Json>,
    pub status_code: i32,
    #[field(read_only)]
    pub created: DateTimeUtc,
}

/// Who did what.
#[read_only_model_viewset(
    serializer = AuditLogSerializer,
    filterset_fields(method, status_code, username),
    ordering_fields(id, status_code),
    pagination = PAGES,
)]
#[permission(IsAdminUser)]
pub struct AuditLogViewSet;
