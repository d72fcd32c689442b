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

const _: () = {
    use ::drf::__private as __drf;
    #[automatically_derived]
    impl __drf::Choices for Category {
        const CHOICES: &'static [Self] = &[
            Self::Fiction,
            Self::Tech,
            Self::Children,
            Self::TravelGuide,
        ];
        fn value(&self) -> __drf::Value {
            __drf::choice::active_value(self)
        }
        fn label(&self) -> &'static str {
            match self {
                Self::Fiction => "Fiction",
                Self::Tech => "Technology",
                Self::Children => "For children",
                Self::TravelGuide => "Travel guide",
            }
        }
    }
    #[automatically_derived]
    impl __drf::Field for Category {
        type Source = Self;
        fn describe(field: &mut __drf::FieldDescription) {
            __drf::choice::describe::<Self>(field);
        }
        fn to_internal_value(
            input: &__drf::Value,
            field: &__drf::FieldDescription,
        ) -> ::core::result::Result<Self, __drf::ValidationError> {
            __drf::choice::to_internal_value(input, field)
        }
        fn to_representation(
            &self,
            field: &__drf::FieldDescription,
            out: &mut ::std::vec::Vec<u8>,
        ) {
            __drf::choice::to_representation(self, field, out);
        }
        fn read(
            row: &__drf::Row<'_>,
            index: usize,
        ) -> ::core::result::Result<::core::option::Option<Self>, __drf::DbErr> {
            __drf::choice::read_active(row, index)
        }
        fn write_cell(
            row: &__drf::SerializedRow<'_>,
            index: usize,
            field: &__drf::FieldDescription,
            out: &mut ::std::vec::Vec<u8>,
        ) -> ::core::result::Result<(), __drf::DbErr> {
            __drf::choice::write_cell(row, index, field, out)
        }
        fn to_db_value(&self) -> __drf::DbValue {
            __drf::choice::to_db_value_active(self)
        }
        fn null() -> __drf::SeaValue {
            __drf::choice::null_active::<Self>()
        }
    }
};
#[allow(unexpected_cfgs)]
const _: () = {
    #[cfg(rust_analyzer)]
    use ::drf::__private::ide::choice::label as _;
};
