// #[derive(Choices)]
// pub enum Colour {
//     #[choice(value = "r", group = "Warm")]
//     Red,
//     #[choice(group = "Warm", label = "Orange, like the fruit")]
//     Orange,
//     NavyBlue,
// }

const _: () = {
    use ::drf::__private as __drf;
    #[automatically_derived]
    impl __drf::Choices for Colour {
        const CHOICES: &'static [Self] = &[Self::Red, Self::Orange, Self::NavyBlue];
        fn value(&self) -> __drf::Value {
            match self {
                Self::Red => __drf::Value::from("r"),
                Self::Orange => __drf::Value::from("orange"),
                Self::NavyBlue => __drf::Value::from("navy_blue"),
            }
        }
        fn label(&self) -> &'static str {
            match self {
                Self::Red => "Red",
                Self::Orange => "Orange, like the fruit",
                Self::NavyBlue => "Navy blue",
            }
        }
        fn group(&self) -> ::core::option::Option<&'static str> {
            match self {
                Self::Red => ::core::option::Option::Some("Warm"),
                Self::Orange => ::core::option::Option::Some("Warm"),
                Self::NavyBlue => ::core::option::Option::None,
            }
        }
    }
    #[automatically_derived]
    impl __drf::Field for Colour {
        type Source = ::std::string::String;
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
            __drf::choice::read(row, index)
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
            __drf::choice::db_text(self)
        }
        fn null() -> __drf::SeaValue {
            <::std::string::String as __drf::Field>::null()
        }
    }
};
#[allow(unexpected_cfgs)]
const _: () = {
    #[cfg(rust_analyzer)]
    use ::drf::__private::ide::choice::{value as _, group as _, group as _, label as _};
};
