// #[serializer(entity = publisher::Entity)]
// pub struct PublisherSerializer {
//     pub id: i64,
//     #[field(validate = no_underscores)]
//     pub name: String,
//     #[field(max_length = 40, error_messages(max_length = "Too long."))]
//     pub address: String,
//     #[field(read_only)]
//     pub created: DateTimeUtc,
// }

#[allow(dead_code)]
pub struct PublisherSerializer {
    pub id: i64,
    pub name: String,
    pub address: String,
    pub created: DateTimeUtc,
}
const _: () = {
    use ::drf::__private as __drf;
    /// The fields that valid input for [`PublisherSerializer`] sets.
    #[allow(dead_code, non_camel_case_types)]
    #[allow(missing_debug_implementations, private_interfaces)]
    pub struct ValidatedPublisherSerializer {
        pub id: ::core::option::Option<i64>,
        pub name: ::core::option::Option<String>,
        pub address: ::core::option::Option<String>,
    }
    #[allow(non_camel_case_types)]
    type __drf_Entity = <PublisherSerializer as __drf::ModelSerializer>::Entity;
    fn __drf_describe() -> __drf::SerializerDescription {
        #[allow(unused_imports)]
        use {__drf::NamedColumn as _, __drf::NamedRelation as _};
        let id = __drf::column::<__drf_Entity, _>(|model| &model.id).named("id");
        let name = __drf::column::<__drf_Entity, _>(|model| &model.name).named("name");
        let address = __drf::column::<__drf_Entity, _>(|model| &model.address)
            .named("address");
        let created = __drf::column::<__drf_Entity, _>(|model| &model.created)
            .named("created");
        let mut serializer = __drf::describe::<__drf_Entity>("PublisherSerializer");
        serializer.field::<__drf::FieldType<i64>>("id", id, |field| field);
        serializer.field::<__drf::FieldType<String>>("name", name, |field| field);
        serializer
            .field::<
                __drf::FieldType<String>,
            >(
                "address",
                address,
                |field| {
                    let field = field.max_length(40);
                    field.error_message("max_length", "Too long.")
                },
            );
        serializer
            .field::<
                __drf::FieldType<DateTimeUtc>,
            >("created", created, |field| field.read_only());
        serializer.build()
    }
    #[automatically_derived]
    impl __drf::Serializer for PublisherSerializer {
        type Validated = ValidatedPublisherSerializer;
        type Instance = __drf::Model<__drf_Entity>;
        fn description() -> &'static __drf::SerializerDescription {
            static DESCRIPTION: ::std::sync::LazyLock<__drf::SerializerDescription> = ::std::sync::LazyLock::new(
                __drf_describe,
            );
            &DESCRIPTION
        }
        fn to_internal_value(input: &mut __drf::Validation<'_>) -> Self::Validated {
            ValidatedPublisherSerializer {
                id: input.field::<__drf::FieldType<i64>>(0),
                name: input.field::<__drf::FieldType<String>>(1),
                address: input.field::<__drf::FieldType<String>>(2),
            }
        }
        fn run_field_validators(
            data: &mut Self::Validated,
            input: &mut __drf::Validation<'_>,
        ) {
            input.validate(1, &mut data.name, no_underscores);
        }
        fn visit(data: &Self::Validated, values: &mut __drf::Values<'_>) {
            values.field::<__drf::FieldType<i64>>(0, &data.id);
            values.field::<__drf::FieldType<String>>(1, &data.name);
            values.field::<__drf::FieldType<String>>(2, &data.address);
        }
    }
    #[automatically_derived]
    impl __drf::ModelSerializer for PublisherSerializer {
        type Itself = Self;
        type Entity = __drf::hooks::Checked<publisher::Entity>;
        fn to_representation(row: &mut __drf::RowWriter<'_>) -> __drf::WriteResult {
            row.field::<__drf::FieldType<i64>>(0)?;
            row.field::<__drf::FieldType<String>>(1)?;
            row.field::<__drf::FieldType<String>>(2)?;
            row.field::<__drf::FieldType<DateTimeUtc>>(3)?;
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
    use ::drf::__private::ide::field::{
        validate as _, max_length as _, error_messages as _, read_only as _,
    };
};
