// #[serializer(entity = book::Entity)]
// pub(crate) struct BookSerializer {
//     #[field(method = shout)]
//     title: String,
//     #[field(no_column, max_length = 10)]
//     note: String,
// }

#[allow(dead_code)]
pub(crate) struct BookSerializer {
    title: String,
    note: String,
}
const _: () = {
    use ::drf::__private as __drf;
    /// The fields that valid input for [`BookSerializer`] sets.
    #[allow(dead_code, non_camel_case_types)]
    #[allow(missing_debug_implementations, private_interfaces)]
    pub(crate) struct ValidatedBookSerializer {
        pub(crate) note: ::core::option::Option<String>,
    }
    #[allow(non_camel_case_types)]
    type __drf_Entity = <BookSerializer as __drf::ModelSerializer>::Entity;
    fn __drf_describe() -> __drf::SerializerDescription {
        let mut serializer = __drf::describe::<__drf_Entity>("BookSerializer");
        serializer.method::<__drf::FieldType<String>>("title", |field| field);
        serializer
            .input::<__drf::FieldType<String>>("note", |field| field.max_length(10));
        serializer.build()
    }
    #[automatically_derived]
    impl __drf::Serializer for BookSerializer {
        type Validated = ValidatedBookSerializer;
        type Instance = __drf::Model<__drf_Entity>;
        fn description() -> &'static __drf::SerializerDescription {
            static DESCRIPTION: ::std::sync::LazyLock<__drf::SerializerDescription> = ::std::sync::LazyLock::new(
                __drf_describe,
            );
            &DESCRIPTION
        }
        fn to_internal_value(input: &mut __drf::Validation<'_>) -> Self::Validated {
            ValidatedBookSerializer {
                note: input.field::<__drf::FieldType<String>>(1),
            }
        }
        fn visit(data: &Self::Validated, values: &mut __drf::Values<'_>) {
            values.field::<__drf::FieldType<String>>(1, &data.note);
        }
    }
    #[automatically_derived]
    impl __drf::ModelSerializer for BookSerializer {
        type Itself = Self;
        type Entity = __drf::hooks::Checked<book::Entity>;
        fn to_representation(row: &mut __drf::RowWriter<'_>) -> __drf::WriteResult {
            row.method::<
                    __drf::Model<__drf_Entity>,
                    __drf::FieldType<String>,
                >(0, shout)?;
            ::core::result::Result::Ok(())
        }
    }
};
#[allow(unexpected_cfgs)]
const _: () = {
    #[cfg(rust_analyzer)]
    use ::drf::__private::ide::serializer::entity as _;
};
#[allow(unexpected_cfgs)]
const _: () = {
    #[cfg(rust_analyzer)]
    use ::drf::__private::ide::field::{method as _, no_column as _, max_length as _};
};
