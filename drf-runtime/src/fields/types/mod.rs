//! Fields of values.

pub(crate) mod address;
pub(crate) mod boolean;
pub mod choice;
pub(crate) mod coercion;
pub(crate) mod dict;
pub(crate) mod duration;
pub(crate) mod file;
pub(crate) mod image;
pub(crate) mod integer;
pub(crate) mod items;
pub(crate) mod json;
pub(crate) mod json_column;
pub(crate) mod list;
pub(crate) mod multiple_choice;
pub(crate) mod null;
pub(crate) mod number;
pub(crate) mod read_only;
pub(crate) mod text;
pub(crate) mod time;
pub(crate) mod uuid;
pub(crate) mod zone;
