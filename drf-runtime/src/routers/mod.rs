//! URLs to viewsets, as Django resolves them. DRF's `routers.py`.

mod build;
mod host;
mod pattern;
mod resolve;
mod root;
mod urls;

pub use build::{DefaultRouter, Router, SimpleRouter};
pub use urls::{BuildErrors, Urls};

pub(crate) use resolve::Reached;
pub(crate) use resolve::html_page;
