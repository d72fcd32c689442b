use super::snapshot::snapshot;

#[test]
fn choices() {
    snapshot(
        "choices",
        r#"
#[derive(Choices)]
pub enum Category {
    #[sea_orm(string_value = "fiction")]
    Fiction,
    #[choice(label = "Technology")]
    #[sea_orm(string_value = "tech", display_value = "ignored")]
    Tech,
    #[sea_orm(display_value = "For children")]
    Children,
    TravelGuide,
}
"#,
    );
}
