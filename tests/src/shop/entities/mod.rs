//! Entities, most in sea-orm's dense format, one in the old one.

pub mod author;
pub mod book;
pub mod book_author;
pub mod publisher;
pub mod review;
