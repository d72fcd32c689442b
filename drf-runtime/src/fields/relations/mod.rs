//! Fields of related rows. DRF's `relations.py`.

pub(crate) mod hyperlinked;
pub(crate) mod references;
pub(crate) mod related;
pub(crate) mod slug_related;
pub(crate) mod string_related;
