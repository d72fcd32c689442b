//! What must not compile, with the exact words; and what must.

#[test]
fn mistakes_are_refused_with_the_way_out() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("cases/*/fail/*.rs");
    cases.pass("cases/*/pass/*.rs");
}
