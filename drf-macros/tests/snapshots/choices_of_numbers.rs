// #[derive(Choices)]
// #[repr(i16)]
// pub enum Stars {
//     None = -1,
//     Zero,
//     #[choice(value = 10)]
//     Ten,
// }

const _: () = {
    use ::drf::__private as __drf;
    #[automatically_derived]
    impl __drf::Choices for Stars {
        const CHOICES: &'static [Self] = &[Self::None, Self::Zero, Self::Ten];
        fn value(&self) -> __drf::Value {
            match self {
                Self::None => __drf::Value::from(-1i64),
                Self::Zero => __drf::Value::from(0i64),
                Self::Ten => __drf::Value::from(10i64),
            }
        }
        fn label(&self) -> &'static str {
            match self {
                Self::None => "None",
                Self::Zero => "Zero",
                Self::Ten => "Ten",
            }
        }
    }
    #[automatically_derived]
    impl __drf::Field for Stars {
        type Source = ::core::primitive::i16;
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
            __drf::choice::db_number::<Self, ::core::primitive::i16>(self)
        }
        fn null() -> __drf::SeaValue {
            <::core::primitive::i16 as __drf::Field>::null()
        }
    }
};
#[allow(unexpected_cfgs)]
const _: () = {
    #[cfg(rust_analyzer)]
    use ::drf::__private::ide::choice::value as _;
};
