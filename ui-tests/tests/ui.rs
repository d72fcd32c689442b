//! What must not compile, with the exact words; and what must. Apart, because cases that must compile are built and run
//! one by one, and the others are checked all at once.

#[test]
fn mistakes_are_rejected_with_help() {
    trybuild::TestCases::new().compile_fail("cases/*/fail/*.rs");
}

#[test]
fn what_is_right_compiles() {
    trybuild::TestCases::new().pass("cases/*/pass/*.rs");
}
