// #[serializer(entity = book::Entity)] enum BookSerializer { A { #[field(x)] a: i64 }, B }

enum BookSerializer {
    A { a: i64 },
    B,
}
const _: () = {
    use ::drf::__private as __drf;
    #[automatically_derived]
    impl __drf::Serializer for BookSerializer {
        type Validated = ();
        type Instance = ();
        fn description() -> &'static __drf::SerializerDescription {
            ::core::unimplemented!()
        }
        fn to_internal_value(_: &mut __drf::Validation<'_>) -> Self::Validated {}
        fn visit((): &Self::Validated, _: &mut __drf::Values<'_>) {}
    }
    #[automatically_derived]
    impl __drf::ModelSerializer for BookSerializer {
        type Itself = Self;
        type Entity = [(); ::core::compile_error! {
            "`#[serializer]` can only be applied to a struct with named fields, not to an enum"
        }];
        fn to_representation(_: &mut __drf::RowWriter<'_>) -> __drf::WriteResult {
            ::core::result::Result::Ok(())
        }
    }
};
