//! The tables that Django made.

pub mod audit_log;
pub mod author;
pub mod book;
pub mod book_author;
pub mod publisher;
pub mod purchase;
pub mod review;
pub mod tag;
