// #[serializer()] struct BookSerializer { #[field(method = shout)] name: String }

#[allow(dead_code)]
struct BookSerializer {
    name: String,
}
const _: () = {
    use ::drf::__private as __drf;
    /// What valid input for [`BookSerializer`] sets.
    #[allow(dead_code, non_camel_case_types)]
    #[allow(missing_debug_implementations, private_interfaces)]
    struct ValidatedBookSerializer {}
    #[allow(non_camel_case_types)]
    type __drf_Entity = <BookSerializer as __drf::ModelSerializer>::Entity;
    #[automatically_derived]
    impl __drf::Serializer for BookSerializer {
        type Validated = ValidatedBookSerializer;
        fn description() -> &'static __drf::SerializerDescription {
            ::core::unimplemented!()
        }
        fn to_internal_value(input: &mut __drf::Validation<'_>) -> Self::Validated {
            let _ = input;
            ValidatedBookSerializer {}
        }
        fn to_representation(
            _: &mut __drf::RowWriter<'_>,
        ) -> ::core::result::Result<(), __drf::DbErr> {
            ::core::result::Result::Ok(())
        }
    }
    #[automatically_derived]
    impl __drf::ModelSerializer for BookSerializer {
        type Itself = Self;
        type Entity = [(); ::core::compile_error! {
            "missing argument `entity` for `#[serializer]`\nhelp: name the table: `#[serializer(entity = publisher::Entity)]`"
        }];
        fn store(_: &Self::Validated, _: &mut __drf::Stores<'_>) {}
    }
};
#[allow(unexpected_cfgs)]
const _: () = {
    #[cfg(rust_analyzer)]
    use ::drf::__private::ide::field::method as _;
};
