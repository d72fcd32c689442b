//! Lists of books in many ways.

pub mod pages;
