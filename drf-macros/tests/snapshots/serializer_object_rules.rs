// #[serializer(
//     entity = book::Entity,
//     validate = check::prices,
//     unique_together(publisher, name),
//     unique_together(fields(name, isbn), message = "There is such a book."),
// )]
// pub struct BookSerializer {
//     pub publisher: PrimaryKeyRelated<publisher::Entity>,
//     pub name: String,
//     pub isbn: String,
// }

#[allow(dead_code)]
pub struct BookSerializer {
    pub publisher: PrimaryKeyRelated<publisher::Entity>,
    pub name: String,
    pub isbn: String,
}
const _: () = {
    use ::drf::__private as __drf;
    /// The fields that valid input for [`BookSerializer`] sets.
    #[allow(dead_code, non_camel_case_types)]
    #[allow(missing_debug_implementations, private_interfaces)]
    pub struct ValidatedBookSerializer {
        pub publisher: ::core::option::Option<PrimaryKeyRelated<publisher::Entity>>,
        pub name: ::core::option::Option<String>,
        pub isbn: ::core::option::Option<String>,
    }
    #[allow(non_camel_case_types)]
    type __drf_Entity = <BookSerializer as __drf::ModelSerializer>::Entity;
    fn __drf_describe() -> __drf::SerializerDescription {
        #[allow(unused_imports)]
        use {__drf::NamedColumn as _, __drf::NamedRelation as _};
        let publisher = __drf::column::<__drf_Entity, _>(|model| &model.publisher)
            .named("publisher");
        let name = __drf::column::<__drf_Entity, _>(|model| &model.name).named("name");
        let isbn = __drf::column::<__drf_Entity, _>(|model| &model.isbn).named("isbn");
        let mut serializer = __drf::describe::<__drf_Entity>("BookSerializer");
        serializer
            .field::<
                __drf::FieldType<PrimaryKeyRelated<publisher::Entity>>,
            >("publisher", publisher, |field| field);
        serializer.field::<__drf::FieldType<String>>("name", name, |field| field);
        serializer.field::<__drf::FieldType<String>>("isbn", isbn, |field| field);
        serializer.unique_together(&["publisher", "name"], ::core::option::Option::None);
        serializer
            .unique_together(
                &["name", "isbn"],
                ::core::option::Option::Some("There is such a book."),
            );
        serializer.build()
    }
    #[automatically_derived]
    impl __drf::Serializer for BookSerializer {
        type Validated = ValidatedBookSerializer;
        type Instance = __drf::Model<__drf_Entity>;
        const HOOKS: __drf::SerializerHooks = __drf::SerializerHooks::Validate;
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
                name: input.field::<__drf::FieldType<String>>(1),
                isbn: input.field::<__drf::FieldType<String>>(2),
            }
        }
        async fn validate(
            data: Self::Validated,
            context: &__drf::Context<'_, Self>,
        ) -> __drf::Result<Self::Validated> {
            __drf::hooks::validate::<Self, _>(check::prices, data, context).await
        }
        fn visit(data: &Self::Validated, values: &mut __drf::Values<'_>) {
            values
                .field::<
                    __drf::FieldType<PrimaryKeyRelated<publisher::Entity>>,
                >(0, &data.publisher);
            values.field::<__drf::FieldType<String>>(1, &data.name);
            values.field::<__drf::FieldType<String>>(2, &data.isbn);
        }
    }
    #[automatically_derived]
    impl __drf::ModelSerializer for BookSerializer {
        type Itself = Self;
        type Entity = __drf::hooks::Checked<book::Entity>;
        fn to_representation(row: &mut __drf::RowWriter<'_>) -> __drf::WriteResult {
            row.field::<__drf::FieldType<PrimaryKeyRelated<publisher::Entity>>>(0)?;
            row.field::<__drf::FieldType<String>>(1)?;
            row.field::<__drf::FieldType<String>>(2)?;
            ::core::result::Result::Ok(())
        }
    }
};
#[allow(unexpected_cfgs)]
const _: () = {
    #[cfg(rust_analyzer)]
    use ::drf::__private::ide::serializer::{
        entity as _, validate as _, unique_together as _, unique_together as _,
    };
};
