// #[serializer(entity = book::Entity)]
// struct BookSerializer {
//     #[field(required, unique = false, allow_blank, trim_whitespace = false, min_length = 1, max_length = 9)]
//     name: String,
//     #[field(regex = "^[a-z]+$", label = "Short name", help_text = "Letters only.")]
//     slug: Slug,
//     #[field(min_value = -5, max_value = 9.5, default = 0.0)]
//     rating: f64,
//     #[field(allow_empty = false)]
//     tags: Vec<String>,
//     #[field(write_only)]
//     secret: String,
//     #[field(source = category, display)]
//     category_label: Category,
// }

#[allow(dead_code)]
struct BookSerializer {
    name: String,
    slug: Slug,
    rating: f64,
    tags: Vec<String>,
    secret: String,
    category_label: Category,
}
const _: () = {
    use ::drf::__private as __drf;
    /// The fields that valid input for [`BookSerializer`] sets.
    #[allow(dead_code, non_camel_case_types)]
    #[allow(missing_debug_implementations, private_interfaces)]
    struct ValidatedBookSerializer {
        name: ::core::option::Option<String>,
        slug: ::core::option::Option<Slug>,
        rating: ::core::option::Option<f64>,
        tags: ::core::option::Option<Vec<String>>,
        secret: ::core::option::Option<String>,
    }
    #[allow(non_camel_case_types)]
    type __drf_Entity = <BookSerializer as __drf::ModelSerializer>::Entity;
    fn __drf_describe() -> __drf::SerializerDescription {
        #[allow(unused_imports)]
        use {__drf::NamedColumn as _, __drf::NamedRelation as _};
        let name = __drf::column::<__drf_Entity, _>(|model| &model.name).named("name");
        let slug = __drf::column::<__drf_Entity, _>(|model| &model.slug).named("slug");
        let rating = __drf::column::<__drf_Entity, _>(|model| &model.rating)
            .named("rating");
        let tags = __drf::column::<__drf_Entity, _>(|model| &model.tags).named("tags");
        let secret = __drf::column::<__drf_Entity, _>(|model| &model.secret)
            .named("secret");
        let category_label = __drf::column::<__drf_Entity, _>(|model| &model.category)
            .named("category");
        let mut serializer = __drf::describe::<__drf_Entity>("BookSerializer");
        serializer
            .field::<
                __drf::FieldType<String>,
            >(
                "name",
                name,
                |field| {
                    let field = field.required(true);
                    let field = field.unique(false);
                    let field = field.allow_blank(true);
                    let field = field.trim_whitespace(false);
                    let field = field.min_length(1);
                    field.max_length(9)
                },
            );
        serializer
            .field::<
                __drf::FieldType<Slug>,
            >(
                "slug",
                slug,
                |field| {
                    let field = field.regex("^[a-z]+$");
                    let field = field.label("Short name");
                    field.help_text("Letters only.")
                },
            );
        serializer
            .field::<
                __drf::FieldType<f64>,
            >(
                "rating",
                rating,
                |field| {
                    let field = field.defaulted();
                    let field = field.min_value(-5i64);
                    field.max_value(9.5f64)
                },
            );
        serializer
            .field::<
                __drf::FieldType<Vec<String>>,
            >("tags", tags, |field| field.allow_empty(false));
        serializer
            .field::<
                __drf::FieldType<String>,
            >("secret", secret, |field| field.write_only());
        serializer
            .field::<
                __drf::FieldType<Category>,
            >("category_label", category_label, |field| field.display());
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
                name: input.field::<__drf::FieldType<String>>(0),
                slug: input.field::<__drf::FieldType<Slug>>(1),
                rating: input.field_or::<__drf::FieldType<f64>>(2, || 0.0),
                tags: input.field::<__drf::FieldType<Vec<String>>>(3),
                secret: input.field::<__drf::FieldType<String>>(4),
            }
        }
        fn visit(data: &Self::Validated, values: &mut __drf::Values<'_>) {
            values.field::<__drf::FieldType<String>>(0, &data.name);
            values.field::<__drf::FieldType<Slug>>(1, &data.slug);
            values.field::<__drf::FieldType<f64>>(2, &data.rating);
            values.field::<__drf::FieldType<Vec<String>>>(3, &data.tags);
            values.field::<__drf::FieldType<String>>(4, &data.secret);
        }
    }
    #[automatically_derived]
    impl __drf::ModelSerializer for BookSerializer {
        type Itself = Self;
        type Entity = __drf::hooks::Checked<book::Entity>;
        fn to_representation(row: &mut __drf::RowWriter<'_>) -> __drf::WriteResult {
            row.field::<__drf::FieldType<String>>(0)?;
            row.field::<__drf::FieldType<Slug>>(1)?;
            row.field::<__drf::FieldType<f64>>(2)?;
            row.field::<__drf::FieldType<Vec<String>>>(3)?;
            row.field::<__drf::FieldType<Category>>(5)?;
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
        required as _, unique as _, allow_blank as _, trim_whitespace as _,
        min_length as _, max_length as _, regex as _, label as _, help_text as _,
        min_value as _, max_value as _, default as _, allow_empty as _, write_only as _,
        source as _, display as _,
    };
};
