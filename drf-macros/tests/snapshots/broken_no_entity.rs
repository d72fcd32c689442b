// #[serializer()] struct BookSerializer { #[field(method = shout)] name: String }

#[allow(dead_code)]
struct BookSerializer {
    name: String,
}
const _: () = {
    use ::drf::__private as __drf;
    /// The fields that valid input for [`BookSerializer`] sets.
    #[allow(dead_code, non_camel_case_types)]
    #[allow(missing_debug_implementations, private_interfaces)]
    struct ValidatedBookSerializer {
        name: ::core::option::Option<String>,
    }
    fn __drf_describe() -> __drf::SerializerDescription {
        let mut serializer = __drf::describe_plain("BookSerializer");
        serializer.input::<__drf::FieldType<String>>("name", |field| field);
        serializer.build()
    }
    #[automatically_derived]
    impl __drf::Serializer for BookSerializer {
        type Validated = ValidatedBookSerializer;
        type Instance = ();
        fn description() -> &'static __drf::SerializerDescription {
            static DESCRIPTION: ::std::sync::LazyLock<__drf::SerializerDescription> = ::std::sync::LazyLock::new(
                __drf_describe,
            );
            &DESCRIPTION
        }
        fn to_internal_value(input: &mut __drf::Validation<'_>) -> Self::Validated {
            ValidatedBookSerializer {
                name: input.field::<__drf::FieldType<String>>(0),
            }
        }
        fn visit(data: &Self::Validated, values: &mut __drf::Values<'_>) {
            values.field::<__drf::FieldType<String>>(0, &data.name);
        }
    }
};
#[allow(unexpected_cfgs)]
const _: () = {
    #[cfg(rust_analyzer)]
    use ::drf::__private::ide::field::method as _;
};
::core::compile_error! {
    "`method` needs a serializer with an entity\nhelp: name the table: `#[serializer(entity = publisher::Entity)]`"
}
