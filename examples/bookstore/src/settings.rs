//! Everything that changes what goes over the wire: Django's `settings.py`.

use drf::browsable::BrowsableAPIRenderer;
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
        default_permission_classes: vec![AllowAny.into()],
        default_pagination_class: Some(PageNumberPagination::new().into()),
        default_renderer_classes: vec![JSONRenderer.into(), BrowsableAPIRenderer.into()],
        ..Classes::default()
    }
}
