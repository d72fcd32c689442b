//! A resource, written twice. What is compiled here, checked and formatted like all else, is what [`super::generate`]
//! copies into crates with many of them.

pub mod by_hand;
pub mod entity;
pub mod shared;
pub mod with_drf;
