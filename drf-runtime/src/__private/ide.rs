//! The documentation that editors show for the arguments of attributes: one constant each. Only rust-analyzer reads it. A test of
//! drf-macros writes this file from `drf-macros/docs` (`UPDATE_SNAPSHOTS=1`).

#![allow(non_upper_case_globals, reason = "they are called like the arguments")]

/// The arguments of `#[serializer(..)]`.
pub mod serializer {
    /// The sea-orm entity. Form: `entity = publisher::Entity`. Default: none.
    pub const entity: () = ();
    /// Validates the whole object. Form: `validate = prices_make_sense`. Default: none.
    pub const validate: () = ();
    /// Saves a new row. Form: `create = create_user`. Default: inserts the row.
    pub const create: () = ();
    /// Saves a change of a row. Form: `update = update_user`. Default: updates the row.
    pub const update: () = ();
    /// The number of relations to follow with whole rows in output, instead of their keys. Form: `depth = 1`. Default: 0.
    pub const depth: () = ();
    /// The limits of a list of objects, and a function that validates it as a whole. Form: `list(max_length = 100, min_length = 1, allow_empty = false, validate = no_duplicates)`. Default: no limits.
    pub const list: () = ();
    /// No two rows may have these fields equal together. Form: `unique_together(a, b)`, `unique_together(fields(a, b), message = "..")`, may be repeated. Default: the unique keys of the entity.
    pub const unique_together: () = ();
    /// No two rows of the same day, month (of any year) or year may have the field equal. Form: `unique_for_date(title, published)`, may be repeated. Default: none.
    pub const unique_for_date: () = ();
    /// No two rows of the same day, month (of any year) or year may have the field equal. Form: `unique_for_date(title, published)`, may be repeated. Default: none.
    pub const unique_for_month: () = ();
    /// No two rows of the same day, month (of any year) or year may have the field equal. Form: `unique_for_date(title, published)`, may be repeated. Default: none.
    pub const unique_for_year: () = ();
    /// The columns that the model's `before_save` sets, so that no field needs to. Form: `provided(slug)`. Default: none.
    pub const provided: () = ();
    /// Names relations: of an entity in sea-orm's older format, or where several lead to one table; `host(entity = .., relation = ..)` names the variant, `through(.., ..)` the join table. Form: `relations(publisher = publisher::Entity, authors = author::Entity])`, [with `relation` or `through`. Default: those of the model.
    pub const relations: () = ();
}

/// The arguments of `#[field(..)]`.
pub mod field {
    /// In output only. Form: flag. Default: the primary key, values of related rows.
    pub const read_only: () = ();
    /// In input only. Form: flag. Default: no.
    pub const write_only: () = ();
    /// Input without it is rejected. Form: flag, `= false`. Default: from the column.
    pub const required: () = ();
    /// The value where input has none; of a read-only field, the value that validators of the whole object see. Form: `default = 0`. Default: from the column.
    pub const default: () = ();
    /// A default that depends on the request: a function of it, or a type. Form: `default_with = CurrentUserDefault`. Default: none.
    pub const default_with: () = ();
    /// In neither input nor output: the value is always the default. Form: flag. Default: no.
    pub const hidden: () = ();
    /// The type is a serializer; `replace`, `append` or `patch` is the way to write its rows. Form: flag, `nested(write = replace)`. Default: no.
    pub const nested: () = ();
    /// The column or relation of its value. Form: `source = publisher.name`. Default: the field's name.
    pub const source: () = ();
    /// `fn(&Model) -> T` computes it. Form: `method = shout`. Default: none.
    pub const method: () = ();
    /// In input only, for hooks to use. Form: flag. Default: no.
    pub const no_column: () = ();
    /// Outputs the label of a choice in place of its value. Form: flag. Default: no.
    pub const display: () = ();
    /// `fn(&T) -> Result<(), ValidationError>`: run before the checks of lengths and limits. Form: `validators(is_even, no_blanks)`. Default: none.
    pub const validators: () = ();
    /// `fn(T) -> Result<T, E>` validates it. Form: `validate = no_blanks`. Default: none.
    pub const validate: () = ();
    /// Limits of text. Form: `max_length = 40`. Default: from the column.
    pub const min_length: () = ();
    /// Limits of text. Form: `max_length = 40`. Default: from the column.
    pub const max_length: () = ();
    /// Limits of a number or a duration. Form: `min_value = -5`, `TimeDelta::minutes(1)`. Default: none.
    pub const min_value: () = ();
    /// Limits of a number or a duration. Form: `min_value = -5`, `TimeDelta::minutes(1)`. Default: none.
    pub const max_value: () = ();
    /// The time zone of output, and of input without one. Form: `default_timezone = "Asia/Shanghai"`. Default: UTC.
    pub const default_timezone: () = ();
    /// An empty file is accepted. Form: flag, `= false`. Default: no.
    pub const allow_empty_file: () = ();
    /// A file is output as its URL, rather than its name. Form: `= false`. Default: yes.
    pub const use_url: () = ();
    /// A pattern of text; checked when it is compiled. Form: `regex = "^[a-z]+$"`. Default: none.
    pub const regex: () = ();
    /// The format of a date, a time or a UUID (`"hex"`, `"int"`, `"urn"`) in output. Form: `format = "%d/%m/%Y"`. Default: ISO 8601.
    pub const format: () = ();
    /// The formats of a date or time in input. Form: `input_formats("%d.%m.%Y", "iso-8601")`. Default: ISO 8601.
    pub const input_formats: () = ();
    /// The rounding of a decimal number with too many digits in output. Form: `rounding = Rounding::HalfUp`. Default: half to even.
    pub const rounding: () = ();
    /// Leaves out trailing zeros of a decimal number. Form: flag. Default: no.
    pub const normalize_output: () = ();
    /// A decimal number or a large integer is text in JSON. Form: flag, `= false`. Default: of a `Decimal` yes, of an `i64` the setting `coerce_bigint_to_string`.
    pub const coerce_to_string: () = ();
    /// The relations whose rows are deleted with rows that `nested(write = replace)` replaces. Form: `cascade(reviews, authors)`. Default: the links that the nested serializer outputs.
    pub const cascade: () = ();
    /// Limits of a decimal number. Form: `max_digits = 6`. Default: from the column.
    pub const max_digits: () = ();
    /// Limits of a decimal number. Form: `max_digits = 6`. Default: from the column.
    pub const decimal_places: () = ();
    /// Options of the items of a list, or of the values of a dict: `allow_blank`, `trim_whitespace`, `allow_empty`, `min_length`, `max_length`, `min_value`, `max_value`, `regex`, `format`, `input_formats`, `rounding`, `normalize_output`, `coerce_to_string`, `max_digits`, `decimal_places`, `default_timezone`, `allow_empty_file`, `child`, `error_messages`. Form: `child(min_value = 0)`. Default: none.
    pub const child: () = ();
    /// The column that stands for the row of a `SlugRelated`. Form: `slug_field = name`. Default: required.
    pub const slug_field: () = ();
    /// The name of the URL that a link leads to. Form: `view_name = "book-detail"`. Default: `<model>-detail`.
    pub const view_name: () = ();
    /// The column that fills the argument of the link's URL. Form: `lookup_field = isbn`. Default: the primary key.
    pub const lookup_field: () = ();
    /// The argument of the link's URL. Form: `lookup_url_kwarg = "isbn"`. Default: `pk`, or the `lookup_field`.
    pub const lookup_url_kwarg: () = ();
    /// `fn(&Request, Select<E>) -> Select<E>`: the rows that input may point at. Form: `queryset = in_stock`. Default: all rows.
    pub const queryset: () = ();
    /// No two rows have the same value. Form: flag, `= false`, `unique(lookup = iexact)`. Default: from the column.
    pub const unique: () = ();
    /// `""` is accepted. Form: flag, `= false`. Default: no.
    pub const allow_blank: () = ();
    /// Outer white space is removed. Form: `= false`. Default: yes.
    pub const trim_whitespace: () = ();
    /// An empty list is accepted. Form: flag, `= false`. Default: yes; no for `Vec<PrimaryKeyRelated<..>>`, unless `required = false`.
    pub const allow_empty: () = ();
    /// Messages of one's own, by code. Form: `error_messages(required = "..")`. Default: DRF's.
    pub const error_messages: () = ();
    /// The name for people. Form: `label = "Price"`. Default: from the name.
    pub const label: () = ();
    /// The help text, for `OPTIONS`. Form: `help_text = ".."`. Default: none.
    pub const help_text: () = ();
}

/// The arguments of `#[model_viewset(..)]`.
pub mod model_viewset {
    /// Serializes rows and validates input. Form: `serializer = BookSerializer`. Default: required.
    pub const serializer: () = ();
    /// Serializers of single actions. Form: `serializers(list = A, create = B)`. Default: `serializer`.
    pub const serializers: () = ();
    /// The actions there are. Form: `actions(list, retrieve)`. Default: all six.
    pub const actions: () = ();
    /// The column that the URL names. Form: `lookup_field = isbn`. Default: the primary key.
    pub const lookup_field: () = ();
    /// The name of the URL's argument. Form: `= "book_isbn"`. Default: the column.
    pub const lookup_url_kwarg: () = ();
    /// A pattern for the URL's argument. Form: `= "[0-9]{13}"`. Default: `[^/.]+`.
    pub const lookup_value_regex: () = ();
    /// Parameters that narrow the list. Form: `filterset_fields(category, name(exact, icontains))`. Default: none.
    pub const filterset_fields: () = ();
    /// The columns that `?search=` looks at. Form: `search_fields(name, starts_with(address))`. Default: none.
    pub const search_fields: () = ();
    /// The columns that `?ordering=` takes. Form: `ordering_fields(price)`, `= all`. Default: none.
    pub const ordering_fields: () = ();
    /// The order of a list. Form: `ordering(-price, id)`. Default: the primary key.
    pub const ordering: () = ();
    /// Further filters, in order. Form: `filter_backends(OwnerOnly)`. Default: none.
    pub const filter_backends: () = ();
    /// Pages of lists. Form: `pagination = PageNumberPagination { page_size: 5 }`, `= none`. Default: the settings.
    pub const pagination: () = ();
    /// The rows that there are for a request. Form: `get_queryset = own_reviews`. Default: all rows.
    pub const get_queryset: () = ();
    /// Saves a new row. Form: `perform_create = set_owner`. Default: saves.
    pub const perform_create: () = ();
    /// Saves a change. Form: `perform_update = stamp`. Default: saves.
    pub const perform_update: () = ();
    /// Removes a row. Form: `perform_destroy = archive`. Default: deletes.
    pub const perform_destroy: () = ();
    /// `POST` takes a list of objects too, which are inserted in one statement, or one by one by the serializer's own `create`. Form: flag. Default: no.
    pub const bulk_create: () = ();
    /// Makes each request that writes one transaction, and locks the row of its URL. Form: flag. Default: no.
    pub const atomic: () = ();
    /// The classes that read and write bodies. Form: `parsers(JSONParser)`. Default: the settings.
    pub const parsers: () = ();
    /// The classes that read and write bodies. Form: `parsers(JSONParser)`. Default: the settings.
    pub const renderers: () = ();
    /// Relations whose rows are deleted with a row, whatever the `on_delete` of their entity is. Form: `cascade(reviews, books.tags)`. Default: nothing.
    pub const cascade: () = ();
    /// Turns errors into responses. Form: `exception_handler = handle`. Default: the settings.
    pub const exception_handler: () = ();
    /// Names of relations. Form: as in `#[serializer]`. Default: those of the model.
    pub const relations: () = ();
}

/// The arguments of `#[action(..)]`.
pub mod action {
    /// About one row, or about all. Form: flag. Default: one is required.
    pub const detail: () = ();
    /// About one row, or about all. Form: flag. Default: one is required.
    pub const list: () = ();
    /// Its HTTP methods. Form: `methods(GET, POST)`. Default: `GET`.
    pub const methods: () = ();
    /// The rest of the URL. Form: `url_path = "by-author/(?P<author>[0-9]+)"`. Default: the function's name.
    pub const url_path: () = ();
    /// The rest of the URL's name. Form: `url_name = "by-author"`. Default: the function's name with `-`.
    pub const url_name: () = ();
    /// Policies of its own. Form: as the attributes. Default: those of the viewset.
    pub const authentication: () = ();
    /// Policies of its own. Form: as the attributes. Default: those of the viewset.
    pub const permission: () = ();
    /// Policies of its own. Form: as the attributes. Default: those of the viewset.
    pub const throttle: () = ();
    /// The serializer of its input, for `OPTIONS`. Form: `serializer = StatsSerializer`. Default: none.
    pub const serializer: () = ();
    /// Pages of its own. Form: as of the viewset. Default: that of the viewset.
    pub const pagination: () = ();
    /// Filters of its own; empty for none. Form: `filter_backends()`. Default: those of the viewset.
    pub const filter_backends: () = ();
    /// The classes that read bodies. Form: `parsers(MultiPartParser)`. Default: those of the viewset.
    pub const parsers: () = ();
    /// The classes that write bodies. Form: `renderers(JSONRenderer)`. Default: those of the viewset.
    pub const renderers: () = ();
}

/// The arguments of `#[viewset(..)]`.
pub mod viewset {
    /// The name of the URL's argument. Form: `lookup_url_kwarg = "name"`. Default: `pk`.
    pub const lookup_url_kwarg: () = ();
    /// A pattern for the URL's argument. Form: `lookup_value_regex = "[0-9]+"`. Default: `[^/.]+`.
    pub const lookup_value_regex: () = ();
    /// The classes that read bodies. Form: `parsers(JSONParser)`. Default: the settings.
    pub const parsers: () = ();
    /// The classes that write bodies. Form: `renderers(JSONRenderer)`. Default: the settings.
    pub const renderers: () = ();
    /// Turns errors into responses. Form: `exception_handler = handle`. Default: the settings.
    pub const exception_handler: () = ();
}

/// The arguments of `#[api_view(..)]`.
pub mod api_view {
    /// The classes that read bodies. Form: `parsers(JSONParser)`. Default: the settings.
    pub const parsers: () = ();
    /// The classes that write bodies. Form: `renderers(JSONRenderer)`. Default: the settings.
    pub const renderers: () = ();
}

/// The arguments of `#[choice(..)]`.
pub mod choice {
    /// The value on the wire; not for an `ActiveEnum`. Form: `value = "s"`, `value = 1`. Default: the number of the variant, else its name in snake case.
    pub const value: () = ();
    /// The name for people. Form: `label = "Technology"`. Default: sea-orm's `display_value`, else the variant in words.
    pub const label: () = ();
    /// The heading of the choice and its neighbours in a form. Form: `group = "Warm"`. Default: none.
    pub const group: () = ();
}
