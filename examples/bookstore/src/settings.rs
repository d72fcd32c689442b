//! Everything that changes what goes over the wire: Django's `settings.py`.

use std::sync::Arc;

use drf::browsable::BrowsableAPIRenderer;
use drf::permissions::PermissionClass;
use drf::prelude::*;
use drf::renderers::JSONRenderer;

pub fn settings() -> Settings {
    Settings {
        page_size: Some(10),
        allowed_hosts: vec!["*".to_owned()],
        num_proxies: Some(1),
        // as `store/hashers.py` of the reference
        password_iterations: 1_200,
        ..Settings::default()
    }
}

pub fn classes() -> Classes {
    Classes {
        default_permission_classes: vec![PermissionClass::new::<_, ()>(AllowAny)],
        default_pagination_class: Some(Arc::new(PageNumberPagination::new())),
        default_renderer_classes: vec![Arc::new(JSONRenderer), Arc::new(BrowsableAPIRenderer)],
        ..Classes::default()
    }
}
