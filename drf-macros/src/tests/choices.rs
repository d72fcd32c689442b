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

#[test]
fn choices_of_text() {
    snapshot(
        "choices_of_text",
        r#"
#[derive(Choices)]
pub enum Colour {
    #[choice(value = "r", group = "Warm")]
    Red,
    #[choice(group = "Warm", label = "Orange, like the fruit")]
    Orange,
    NavyBlue,
}
"#,
    );
}

#[test]
fn choices_of_numbers() {
    snapshot(
        "choices_of_numbers",
        r#"
#[derive(Choices)]
#[repr(i16)]
pub enum Stars {
    None = -1,
    Zero,
    #[choice(value = 10)]
    Ten,
}
"#,
    );
}
