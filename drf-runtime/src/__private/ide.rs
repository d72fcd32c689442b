//! What an editor shows for the keys of attributes: one documented constant for each. Only rust-analyzer ever looks here.

#![allow(non_upper_case_globals, reason = "they are called like the keys")]

/// The arguments of `#[serializer(..)]`.
pub mod serializer {
    /// The sea-orm entity. Written as `entity = publisher::Entity`; default: none.
    pub const entity: () = ();
    /// Validates the whole object. Written as `validate = prices_make_sense`; default: none.
    pub const validate: () = ();
    /// Saves a new row. Written as `create = create_user`; default: inserts the row.
    pub const create: () = ();
    /// Saves a change of a row. Written as `update = update_user`; default: updates the row.
    pub const update: () = ();
    /// How many relations deep rows are shown whole, instead of by their keys. Written as `depth = 1`; default: 0.
    pub const depth: () = ();
    /// How many objects a list may have, and what validates it as a whole. Written as `list(max_length = 100, min_length = 1, allow_empty = false, validate = no_duplicates)`; default: no limits.
    pub const list: () = ();
    /// No two rows may have these fields equal together. Written as `unique_together(a, b)`, may be repeated; default: the unique keys of the entity.
    pub const unique_together: () = ();
    /// No two rows of the same day, month (of any year) or year may have the field equal. Written as `unique_for_date(title, published)`, may be repeated; default: none.
    pub const unique_for_date: () = ();
    /// No two rows of the same day, month (of any year) or year may have the field equal. Written as `unique_for_date(title, published)`, may be repeated; default: none.
    pub const unique_for_month: () = ();
    /// No two rows of the same day, month (of any year) or year may have the field equal. Written as `unique_for_date(title, published)`, may be repeated; default: none.
    pub const unique_for_year: () = ();
    /// Columns that the model's `before_save` sets, so that no field needs to. Written as `provided(slug)`; default: none.
    pub const provided: () = ();
    /// Names relations: of an entity in sea-orm's older format, or where several lead to one table. Written as `relations(publisher = publisher::Entity, authors = [author::Entity])`; default: those of the model.
    pub const relations: () = ();
}

/// The arguments of `#[field(..)]`.
pub mod field {
    /// Only shown. Written as flag; default: the primary key, values behind relations.
    pub const read_only: () = ();
    /// Only read from input. Written as flag; default: no.
    pub const write_only: () = ();
    /// Whether input without it is refused. Written as flag, `= false`; default: from the column.
    pub const required: () = ();
    /// The value where input has none. Written as `default = 0`; default: from the column.
    pub const default: () = ();
    /// A default that depends on the request: a function of it, or a type. Written as `default_with = CurrentUserDefault`; default: none.
    pub const default_with: () = ();
    /// Neither shown nor read from input: always its default. Written as flag; default: no.
    pub const hidden: () = ();
    /// The type is a serializer; `replace`, `append` or `patch` says how its rows are written. Written as flag, `nested(write = replace)`; default: no.
    pub const nested: () = ();
    /// The column or relation it is about. Written as `source = publisher.name`; default: the field's name.
    pub const source: () = ();
    /// `fn(&Model) -> T` computes it. Written as `method = shout`; default: none.
    pub const method: () = ();
    /// Input only; hooks decide what it means. Written as flag; default: no.
    pub const no_column: () = ();
    /// Shows the label of a choice in place of its value. Written as flag; default: no.
    pub const display: () = ();
    /// `fn(&T) -> Result<(), ValidationError>`: run before the checks of lengths and limits. Written as `validators(is_even, no_blanks)`; default: none.
    pub const validators: () = ();
    /// `fn(T) -> Result<T, E>` validates it. Written as `validate = no_blanks`; default: none.
    pub const validate: () = ();
    /// Limits of text. Written as `max_length = 40`; default: from the column.
    pub const min_length: () = ();
    /// Limits of text. Written as `max_length = 40`; default: from the column.
    pub const max_length: () = ();
    /// Limits of a number or a duration. Written as `min_value = -5`, `TimeDelta::minutes(1)`; default: none.
    pub const min_value: () = ();
    /// Limits of a number or a duration. Written as `min_value = -5`, `TimeDelta::minutes(1)`; default: none.
    pub const max_value: () = ();
    /// The zone of a date and time without one, and of what is shown. Written as `default_timezone = "Asia/Shanghai"`; default: UTC.
    pub const default_timezone: () = ();
    /// Whether a file may be empty. Written as flag, `= false`; default: no.
    pub const allow_empty_file: () = ();
    /// Whether a file is shown by its URL, rather than by its name. Written as `= false`; default: yes.
    pub const use_url: () = ();
    /// A pattern of text; checked when it is compiled. Written as `regex = "^[a-z]+$"`; default: none.
    pub const regex: () = ();
    /// How a date, a time or a UUID (`"hex"`, `"int"`, `"urn"`) is written. Written as `format = "%d/%m/%Y"`; default: ISO 8601.
    pub const format: () = ();
    /// How a date or time may be written in input. Written as `input_formats("%d.%m.%Y", "iso-8601")`; default: ISO 8601.
    pub const input_formats: () = ();
    /// How a decimal number with too many digits is rounded in output. Written as `rounding = Rounding::HalfUp`; default: half to even.
    pub const rounding: () = ();
    /// Leaves out trailing zeros of a decimal number. Written as flag; default: no.
    pub const normalize_output: () = ();
    /// Whether a decimal number is text in JSON. Written as `= false`; default: yes.
    pub const coerce_to_string: () = ();
    /// What is deleted with rows that `nested(write = replace)` replaces. Written as `cascade(reviews, authors)`; default: the links that the nested serializer shows.
    pub const cascade: () = ();
    /// Limits of a decimal number. Written as `max_digits = 6`; default: from the column.
    pub const max_digits: () = ();
    /// Limits of a decimal number. Written as `max_digits = 6`; default: from the column.
    pub const decimal_places: () = ();
    /// Options of the items of a list, or of the values of a dict. Written as `child(min_value = 0)`; default: none.
    pub const child: () = ();
    /// The column that stands for the row of a `SlugRelated`. Written as `slug_field = name`; default: required.
    pub const slug_field: () = ();
    /// The name of the URL that a link leads to. Written as `view_name = "book-detail"`; default: `<model>-detail`.
    pub const view_name: () = ();
    /// The column that fills the argument of the link's URL. Written as `lookup_field = isbn`; default: the primary key.
    pub const lookup_field: () = ();
    /// The argument of the link's URL. Written as `lookup_url_kwarg = "isbn"`; default: `pk`, or the `lookup_field`.
    pub const lookup_url_kwarg: () = ();
    /// `fn(&Request, Select<E>) -> Select<E>`: the rows that input may point at. Written as `queryset = in_stock`; default: all rows.
    pub const queryset: () = ();
    /// Whether two rows may have the same value. Written as flag, `= false`, `unique(lookup = iexact)`; default: from the column.
    pub const unique: () = ();
    /// Whether `""` is accepted. Written as flag, `= false`; default: no.
    pub const allow_blank: () = ();
    /// Whether outer white space is removed. Written as `= false`; default: yes.
    pub const trim_whitespace: () = ();
    /// Whether an empty list is accepted. Written as flag, `= false`; default: yes.
    pub const allow_empty: () = ();
    /// Messages of one's own, by code. Written as `error_messages(required = "..")`; default: DRF's.
    pub const error_messages: () = ();
    /// The name for people. Written as `label = "Price"`; default: from the name.
    pub const label: () = ();
    /// The help text, for `OPTIONS`. Written as `help_text = ".."`; default: none.
    pub const help_text: () = ();
}

/// The arguments of `#[model_viewset(..)]`.
pub mod model_viewset {
    /// Shows rows and reads input. Written as `serializer = BookSerializer`; default: required.
    pub const serializer: () = ();
    /// Serializers of single actions. Written as `serializers(list = A, create = B)`; default: `serializer`.
    pub const serializers: () = ();
    /// The actions there are. Written as `actions(list, retrieve)`; default: all six.
    pub const actions: () = ();
    /// The column that the URL names. Written as `lookup_field = isbn`; default: the primary key.
    pub const lookup_field: () = ();
    /// The name of the URL's argument. Written as `= "book_isbn"`; default: the column.
    pub const lookup_url_kwarg: () = ();
    /// What the URL's argument looks like. Written as `= "[0-9]{13}"`; default: `[^/.]+`.
    pub const lookup_value_regex: () = ();
    /// Parameters that narrow the list. Written as `filterset_fields(category, name(exact, icontains))`; default: none.
    pub const filterset_fields: () = ();
    /// The columns that `?search=` looks at. Written as `search_fields(name, starts_with(address))`; default: none.
    pub const search_fields: () = ();
    /// The columns that `?ordering=` takes. Written as `ordering_fields(price)`, `= all`; default: none.
    pub const ordering_fields: () = ();
    /// The order of a list. Written as `ordering(-price, id)`; default: the primary key.
    pub const ordering: () = ();
    /// Further filters, in order. Written as `filter_backends(OwnerOnly)`; default: none.
    pub const filter_backends: () = ();
    /// Pages of lists. Written as `pagination = PageNumberPagination { page_size: 5 }`, `= none`; default: the settings.
    pub const pagination: () = ();
    /// The rows that there are for a request. Written as `get_queryset = own_reviews`; default: all rows.
    pub const get_queryset: () = ();
    /// Saves a new row. Written as `perform_create = set_owner`; default: saves.
    pub const perform_create: () = ();
    /// Saves a change. Written as `perform_update = stamp`; default: saves.
    pub const perform_update: () = ();
    /// Removes a row. Written as `perform_destroy = archive`; default: deletes.
    pub const perform_destroy: () = ();
    /// Whether `POST` takes a list of objects too, which are inserted in one statement. Written as flag; default: no.
    pub const bulk_create: () = ();
    /// Makes each request that writes one transaction, and locks the row of its URL. Written as flag; default: no.
    pub const atomic: () = ();
    /// What reads and writes bodies. Written as `parsers(JSONParser)`; default: the settings.
    pub const parsers: () = ();
    /// What reads and writes bodies. Written as `parsers(JSONParser)`; default: the settings.
    pub const renderers: () = ();
    /// Relations whose rows are deleted with a row, whatever the `on_delete` of their entity is. Written as `cascade(reviews, books.tags)`; default: nothing.
    pub const cascade: () = ();
    /// Makes answers of errors. Written as `exception_handler = handle`; default: the settings.
    pub const exception_handler: () = ();
    /// Names of relations. Written as of `#[serializer]`; default: those of the model.
    pub const relations: () = ();
}

/// The arguments of `#[action(..)]`.
pub mod action {
    /// About one row, or about all. Written as flag; default: one is required.
    pub const detail: () = ();
    /// About one row, or about all. Written as flag; default: one is required.
    pub const list: () = ();
    /// The HTTP methods it answers. Written as `methods(GET, POST)`; default: `GET`.
    pub const methods: () = ();
    /// The rest of the URL. Written as `url_path = "by-author/(?P<author>[0-9]+)"`; default: the function's name.
    pub const url_path: () = ();
    /// The rest of the URL's name. Written as `url_name = "by-author"`; default: the function's name with `-`.
    pub const url_name: () = ();
    /// Policies of its own. Written as the attributes; default: those of the viewset.
    pub const authentication: () = ();
    /// Policies of its own. Written as the attributes; default: those of the viewset.
    pub const permission: () = ();
    /// Policies of its own. Written as the attributes; default: those of the viewset.
    pub const throttle: () = ();
    /// What it takes, for `OPTIONS`. Written as `serializer = StatsSerializer`; default: none.
    pub const serializer: () = ();
    /// Pages of its own. Written as of the viewset; default: that of the viewset.
    pub const pagination: () = ();
    /// Filters of its own; empty for none. Written as `filter_backends()`; default: those of the viewset.
    pub const filter_backends: () = ();
    /// What reads bodies. Written as `parsers(MultiPartParser)`; default: those of the viewset.
    pub const parsers: () = ();
    /// What writes bodies. Written as `renderers(JSONRenderer)`; default: those of the viewset.
    pub const renderers: () = ();
}

/// The arguments of `#[viewset(..)]`.
pub mod viewset {
    /// The name of the URL's argument. Written as `lookup_url_kwarg = "name"`; default: `pk`.
    pub const lookup_url_kwarg: () = ();
    /// What the URL's argument looks like. Written as `lookup_value_regex = "[0-9]+"`; default: `[^/.]+`.
    pub const lookup_value_regex: () = ();
    /// What reads bodies. Written as `parsers(JSONParser)`; default: the settings'.
    pub const parsers: () = ();
    /// What writes bodies. Written as `renderers(JSONRenderer)`; default: the settings'.
    pub const renderers: () = ();
    /// What makes answers of errors. Written as `exception_handler = handle`; default: the settings'.
    pub const exception_handler: () = ();
}
