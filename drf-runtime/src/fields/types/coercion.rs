//! The setting `coerce_bigint_to_string`, where values are written.
//!
//! A value is written without its request. So the setting is one of the thread, as long as a thread works on a request whose
//! app has it.

use std::cell::Cell;

use crate::fields::FieldDescription;

thread_local! {
    static BIGINTS_AS_TEXT: Cell<bool> = const { Cell::new(false) };
}

/// Calls a function with a value of the setting.
pub(crate) fn with_bigints_as_text<T>(setting: bool, function: impl FnOnce() -> T) -> T {
    let _restored = Restored(BIGINTS_AS_TEXT.replace(setting));
    function()
}

/// Restores the value that the setting had, after a panic too.
struct Restored(bool);

impl Drop for Restored {
    fn drop(&mut self) {
        BIGINTS_AS_TEXT.set(self.0);
    }
}

/// Returns whether an integer of this field is written as text.
pub(in crate::fields) fn is_text(field: &FieldDescription) -> bool {
    field.coerce_to_string.unwrap_or_else(|| field.big_integer && BIGINTS_AS_TEXT.get())
}

/// Writes an integer, in quotes where it is written as text.
pub(in crate::fields) fn write(
    field: &FieldDescription,
    out: &mut Vec<u8>,
    write: impl FnOnce(&mut Vec<u8>),
) {
    let is_text = is_text(field);
    if is_text {
        out.push(b'"');
    }
    write(out);
    if is_text {
        out.push(b'"');
    }
}
