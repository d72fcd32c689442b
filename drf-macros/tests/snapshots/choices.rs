// #[derive(Choices)]
// pub enum Category {
//     #[sea_orm(string_value = "fiction")]
//     Fiction,
//     #[choice(label = "Technology")]
//     #[sea_orm(string_value = "tech", display_value = "ignored")]
//     Tech,
//     #[sea_orm(display_value = "For children")]
//     Children,
//     TravelGuide,
// }

::core::compile_error! {
    "`#[derive(Choices)]` needs an enum of sea-orm\nhelp: derive `EnumIter, DeriveActiveEnum` too, and write `#[sea_orm(rs_type = .., db_type = ..)]`"
}
