// #[serializer(entity = book::Entity, relations(publisher = publisher::Entity, authors = [author::Entity]))]
// pub struct BookSerializer {
//     pub publisher: PrimaryKeyRelated<publisher::Entity>,
//     #[field(source = publisher.name)]
//     pub publisher_name: String,
//     #[field(source = authors.profile.city)]
//     pub cities: Vec<String>,
//     #[field(source = r#type)]
//     pub kind: String,
// }

#[allow(dead_code)]
pub struct BookSerializer {
    pub publisher: PrimaryKeyRelated<publisher::Entity>,
    pub publisher_name: String,
    pub cities: Vec<String>,
    pub kind: String,
}
const _: () = {
    use ::drf::__private as __drf;
    /// The fields that valid input for [`BookSerializer`] sets.
    #[allow(dead_code, non_camel_case_types)]
    #[allow(missing_debug_implementations, private_interfaces)]
    pub struct ValidatedBookSerializer {
        pub publisher: ::core::option::Option<PrimaryKeyRelated<publisher::Entity>>,
        pub kind: ::core::option::Option<String>,
    }
    #[allow(non_camel_case_types)]
    type __drf_Entity = <BookSerializer as __drf::ModelSerializer>::Entity;
    fn __drf_describe() -> __drf::SerializerDescription {
        #[allow(unused_imports)]
        use {__drf::NamedColumn as _, __drf::NamedRelation as _};
        let publisher = __drf::related_one::<__drf_Entity, publisher::Entity>()
            .named("publisher");
        let publisher_name = {
            let path = __drf::related_one::<__drf_Entity, publisher::Entity>()
                .named("publisher");
            let next = __drf::column_through(&path, |model| &model.name).named("name");
            __drf::through(path, next)
        };
        let cities = {
            let path = __drf::related_many::<__drf_Entity, author::Entity>()
                .named("authors");
            let next = {
                let path = __drf::column_through(&path, |model| &model.profile)
                    .named("profile");
                let next = __drf::column_through(&path, |model| &model.city)
                    .named("city");
                __drf::through(path, next)
            };
            __drf::through(path, next)
        };
        let kind = __drf::column::<__drf_Entity, _>(|model| &model.r#type).named("type");
        let mut serializer = __drf::describe::<__drf_Entity>("BookSerializer");
        serializer
            .field::<
                __drf::FieldType<PrimaryKeyRelated<publisher::Entity>>,
            >("publisher", publisher, |field| field);
        serializer
            .field::<
                __drf::FieldType<String>,
            >("publisher_name", publisher_name, |field| field);
        serializer
            .field::<__drf::FieldType<Vec<String>>>("cities", cities, |field| field);
        serializer.field::<__drf::FieldType<String>>("kind", kind, |field| field);
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
                publisher: input
                    .field::<__drf::FieldType<PrimaryKeyRelated<publisher::Entity>>>(0),
                kind: input.field::<__drf::FieldType<String>>(3),
            }
        }
        fn visit(data: &Self::Validated, values: &mut __drf::Values<'_>) {
            values
                .field::<
                    __drf::FieldType<PrimaryKeyRelated<publisher::Entity>>,
                >(0, &data.publisher);
            values.field::<__drf::FieldType<String>>(3, &data.kind);
        }
    }
    #[automatically_derived]
    impl __drf::ModelSerializer for BookSerializer {
        type Itself = Self;
        type Entity = __drf::hooks::Checked<book::Entity>;
        fn to_representation(row: &mut __drf::RowWriter<'_>) -> __drf::WriteResult {
            row.field::<__drf::FieldType<PrimaryKeyRelated<publisher::Entity>>>(0)?;
            row.field::<__drf::FieldType<String>>(1)?;
            row.field::<__drf::FieldType<Vec<String>>>(2)?;
            row.field::<__drf::FieldType<String>>(3)?;
            ::core::result::Result::Ok(())
        }
    }
};
#[allow(unexpected_cfgs)]
const _: () = {
    #[cfg(rust_analyzer)]
    use ::drf::__private::ide::serializer::{entity as _, relations as _};
};
#[allow(unexpected_cfgs)]
const _: () = {
    #[cfg(rust_analyzer)]
    use ::drf::__private::ide::field::{source as _, source as _, source as _};
};
