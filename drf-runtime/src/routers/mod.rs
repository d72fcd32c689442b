//! URLs to viewsets, as Django resolves them. DRF's `routers.py`.

mod build;
mod host;
mod resolve;
mod root;
mod urls;

pub use build::{DefaultRouter, Router, SimpleRouter};
pub(crate) use host::TestRequest;
pub use urls::{BuildErrors, Urls};
