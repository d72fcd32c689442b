//! The tables as sea-orm entities, for both stacks that use it.

pub mod author;
pub mod book;
pub mod book_author;
pub mod publisher;
