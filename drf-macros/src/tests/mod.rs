//! Snapshots of expansions. They are read as code: `UPDATE_SNAPSHOTS=1 cargo test -p drf-macros` writes them anew, and
//! the difference is reviewed.

mod actions;
mod arguments;
mod broken;
mod budget;
mod choices;
mod errors;
mod expand;
mod language;
mod layers;
mod serializer;
mod snapshot;
mod view_set;
