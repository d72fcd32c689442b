//! The texts of errors. Their places are tested by the cases of `ui-tests`.

use super::expand::{errors, expand};
use crate::args::ApiViewArgs;
use crate::diagnostics::Errors;

/// The errors of `#[model_viewset(serializer = S, <arguments>)]`.
fn view_set(arguments: &str) -> Vec<String> {
    errors(&format!("#[model_viewset(serializer = S, {arguments})] struct V;"))
}

/// The errors of a field with `#[field(<arguments>)]`.
fn field(arguments: &str) -> Vec<String> {
    errors(&format!("#[serializer(entity = E)] struct S {{ #[field({arguments})] a: String, b: String }}"))
}

/// The errors of a function with `#[action(<arguments>)]`.
fn action(arguments: &str, function: &str) -> Vec<String> {
    errors(&format!("#[actions] impl V {{ #[action({arguments})] {function} }}"))
}

const HANDLER: &str = "async fn books(request: &Request) -> Result<Response> { todo() }";

#[track_caller]
fn one(found: Vec<String>, expected: &str) {
    assert_eq!(found, [expected.to_owned()]);
}

#[test]
fn explicit_relations() {
    let relations =
        |of: &str| errors(&format!("#[serializer(entity = E, relations({of}))] struct S {{ a: A }}"));
    one(relations("a(relation = R::A)"), "`a` names no entity\nhelp: write `a(entity = a::Entity, ..)`");
    one(
        relations("a(entity = a::Entity)"),
        "`a` names no relation\nhelp: write `a = ..::Entity`, or name the relation: `relation = ..::Relation::..`",
    );
    one(
        relations("a(entity = a::Entity, through(j::Relation::E, j::Relation::A))"),
        "a join table leads to many rows\nhelp: write `entity = [a::Entity]`",
    );
    one(
        relations("a(entity = [a::Entity], relation = R::A, through(j::Relation::E, j::Relation::A))"),
        "`through` contradicts `relation`\nhelp: a relation by a foreign key is a `relation`, one by a join table is `through`",
    );
    one(
        relations("a(entity = [a::Entity], through(j::Entity))"),
        "malformed argument `through`\nhelp: write `through(book_editor::Relation::Book, book_editor::Relation::Editor)`",
    );
    one(
        relations("a(entity = a::Entity, relatoin = R::A)"),
        "unknown argument `relatoin` for `relations`\nhelp: did you mean `relation`?",
    );
    one(
        relations("a.b = b::Entity, a.b = c::Entity"),
        "duplicate relation `a.b` in `relations`\nhelp: remove one of the two",
    );
}

#[test]
fn arguments() {
    one(
        view_set("serch_fields(name)"),
        "unknown argument `serch_fields` for `#[model_viewset]`\nhelp: did you mean `search_fields`?",
    );
    assert!(
        view_set("xyz = 1")[0].starts_with(
            "unknown argument `xyz` for `#[model_viewset]`\nhelp: expected one of `serializer`, "
        )
    );
    one(
        view_set("permission(A)"),
        "unknown argument `permission` for `#[model_viewset]`\nhelp: write `#[permission(..)]` between this attribute and the struct",
    );
    assert_eq!(
        view_set("ordering(a), ordering(b)"),
        ["duplicate argument `ordering`\nhelp: remove one of the two", "`ordering` was given here first"]
    );
    one(
        view_set("search_fields = name"),
        "malformed argument `search_fields`\nhelp: write `search_fields(name)`",
    );
    one(
        view_set("get_queryset = \"own\""),
        "expected a path, not a string\nhelp: write `get_queryset = own`",
    );
    one(view_set("get_queryset = hooks::"), "`get_queryset` is not a complete path");
    one(view_set("actions(list) search_fields(name)"), "expected `,`");
}

#[test]
fn an_error_takes_nothing_else_away() {
    let found = view_set("serch_fields(a), orderin(b), search_fields(title, title)");
    assert_eq!(found.len(), 3, "{found:?}");
    let text = expand("#[model_viewset(serializer = S, sea, search_fields(title))] struct V;").to_string();
    assert!(text.contains("& model . title") && text.contains("struct V ;"));
}

#[test]
fn lists() {
    one(
        view_set("search_fields(a, a)"),
        "duplicate field `a` in `search_fields`\nhelp: remove one of the two",
    );
    one(
        view_set("ordering_fields(a, b.c, b.c)"),
        "duplicate field `b.c` in `ordering_fields`\nhelp: remove one of the two",
    );
    one(
        view_set("filterset_fields(a, a(gt))"),
        "duplicate field `a` in `filterset_fields`\nhelp: remove one of the two",
    );
    one(view_set("filterset_fields(a(gt, gt))"), "duplicate lookup `gt` in `a`\nhelp: remove one of the two");
    one(view_set("ordering()"), "`ordering` is empty\nhelp: write `ordering(-price, id)`");
    one(
        view_set("filterset_fields(a(icontians))"),
        "unknown lookup `icontians`\nhelp: did you mean `icontains`?",
    );
    one(view_set("filterset_fields(a(yaer__gt))"), "unknown lookup `yaer`\nhelp: did you mean `year`?");
    one(
        view_set("search_fields(start_with(a))"),
        "unknown lookup `start_with`\nhelp: did you mean `starts_with`?",
    );
    one(
        view_set("search_fields(\"publisher__name\")"),
        "expected a field, not a string\nhelp: write `publisher.name` without quotes",
    );
    one(view_set("search_fields(publisher.)"), "expected a field after `.`");
}

#[test]
fn actions_hooks_and_serializers() {
    one(view_set("actions(lst)"), "unknown action `lst` in `actions`\nhelp: did you mean `list`?");
    one(view_set("actions()"), "`actions` is empty\nhelp: write `actions(list, retrieve)`");
    one(
        view_set("actions(list), serializers(create = T)"),
        "the serializer of `create` is never used\nhelp: add `create` to `actions(..)`",
    );
    one(
        view_set("actions(list), perform_create = f"),
        "`perform_create` is never called\nhelp: add `create` to `actions(..)`",
    );
    one(
        errors("#[read_only_model_viewset(serializer = S, perform_create = f)] struct V;"),
        "`perform_create` is never called\nhelp: use `#[model_viewset]`",
    );
    one(
        errors("#[read_only_model_viewset(serializer = S, actions(create))] struct V;"),
        "`create` is not an action of a read-only viewset\nhelp: use `#[model_viewset]`",
    );
}

#[test]
fn literals() {
    one(
        view_set("lookup_value_regex = \"[a-\""),
        "invalid regular expression `[a-`: unclosed character class",
    );
    one(view_set("lookup_url_kwarg = \"a-b\""), "`lookup_url_kwarg` must be a name: letters, digits and `_`");
}

#[test]
fn policies_by_their_names_in_drf() {
    one(
        view_set("throttle_classes(A)"),
        "unknown argument `throttle_classes` for `#[model_viewset]`\nhelp: write `#[throttle(..)]` between this attribute and the struct",
    );
    one(
        action("list, throttle_classes(A)", HANDLER),
        "unknown argument `throttle_classes` for `#[action]`\nhelp: write `throttle(..)`",
    );
}

#[test]
fn page_sizes() {
    for line in include_str!("../../../tests/page_sizes.txt").lines().filter(|line| !line.starts_with('#')) {
        let limits = line.replace("max_page_size", "max_limit").replace("page_size", "default_limit");
        page_size("PageNumberPagination", line);
        page_size("LimitOffsetPagination", &limits);
    }
}

/// Checks a line of the table with a class.
fn page_size(class: &str, line: &str) {
    let errors = |options| view_set(&format!("pagination = {class} {{ {options} }}"));
    match line.split_once(" ! ") {
        Some((options, problem)) => assert_eq!(errors(options), [problem], "{line}"),
        None => assert_eq!(errors(line.split_once(" => ").expect("a size").0), [""; 0], "{line}"),
    }
}

#[test]
fn rates() {
    let rate =
        |rate| errors(&format!("#[model_viewset(serializer = S)] #[throttle(rate = \"{rate}\")] struct V;"));
    for line in include_str!("../../../tests/rates.txt").lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(" ! ") {
            Some((text, problem)) => {
                let message = format!("invalid rate `{text}`: {problem}");
                assert_eq!(rate(text)[0].lines().next(), Some(message.as_str()), "{line}");
            }
            None => {
                let text = line.split_once(" => ").expect("a rate").0;
                assert_eq!(rate(text), [""; 0], "{line}");
            }
        }
    }
    one(
        rate("100/fortnight"),
        "invalid rate `100/fortnight`: unknown period `fortnight`\nhelp: expected one of `second`, `minute`, `hour`, `day`",
    );
    one(rate("100"), "invalid rate `100`: there is no `/`\nhelp: write a number and a period: `100/day`");
    one(
        rate("x/day"),
        "invalid rate `x/day`: `x` is not a number of requests\nhelp: write a number and a period: `100/day`",
    );
}

#[test]
fn policies() {
    let policy = |policy: &str| errors(&format!("#[model_viewset(serializer = S)] {policy} struct V;"));
    assert_eq!(
        policy("#[permission(A)] #[permission(B)]"),
        ["a second `#[permission]`\nhelp: write all classes into one", "the first `#[permission]` is here"]
    );
    one(
        policy("#[permission()]"),
        "`permission` is empty\nhelp: write `permission(AllowAny)` to allow every request",
    );
    one(policy("#[permission(A && B)]"), "permissions are combined with `&`, `|` and `!`\nhelp: write `&`");
    one(policy("#[permission(\"A\")]"), "expected a class, not a string\nhelp: write `A` without quotes");
    one(
        policy("#[throttle(scop = \"a\")]"),
        "unknown argument `scop` for `#[throttle]`\nhelp: did you mean `scope`?",
    );
    one(
        errors("#[permission(A)] struct V;"),
        "`#[permission]` needs a viewset\nhelp: write `#[model_viewset(..)]` or `#[viewset]` above the same struct",
    );
}

#[test]
fn fields() {
    let read_only = "a read-only field takes no input; remove one of the two";
    one(field("read_only, write_only"), &format!("`write_only` contradicts `read_only`\nhelp: {read_only}"));
    one(field("read_only, required"), &format!("`required` contradicts `read_only`\nhelp: {read_only}"));
    one(
        field("required, default = 1"),
        "`default` contradicts `required`\nhelp: a field with a default is not required; remove one of the two",
    );
    one(
        field("display, write_only"),
        "`write_only` contradicts `display`\nhelp: a label is in output only; remove one of the two",
    );
    one(
        field("method = f, source = b"),
        "`source` contradicts `method`\nhelp: the function computes the value for output; remove one of the two",
    );
    one(field("min_length = 9, max_length = 3"), "`min_length` is larger than `max_length`, which is 3");
    one(field("min_value = 2, max_value = -1.5"), "`min_value` is larger than `max_value`, which is -1.5");
    one(
        field("max_length = -1"),
        "`max_length` must be a whole number, 0 or more\nhelp: write `max_length = 10`",
    );
    one(
        field("allow_null"),
        "unknown argument `allow_null` for `#[field]`\nhelp: write the type as `Option<..>`",
    );
    one(
        field("max_lenght = 3"),
        "unknown argument `max_lenght` for `#[field]`\nhelp: did you mean `max_length`?",
    );
    one(field("regex = \"(\""), "invalid regular expression `(`: unclosed group");
    one(field("read_only = true"), "`read_only` takes no value\nhelp: write `read_only` alone");
}

#[test]
fn hidden_fields_and_defaults() {
    let hidden = "a hidden field is in neither input nor output; remove one of the two";
    one(
        field("hidden"),
        "a hidden field needs a default\nhelp: give it a value: `default = ..` or `default_with = CurrentUserDefault`",
    );
    one(
        field("hidden, required, default_with = f"),
        &format!("`required` contradicts `hidden`\nhelp: {hidden}"),
    );
    one(
        field("hidden, read_only, default = 1"),
        &format!("`read_only` contradicts `hidden`\nhelp: {hidden}"),
    );
    one(
        field("default = 1, default_with = f"),
        "`default_with` contradicts `default`\nhelp: a field has one default; remove one of the two",
    );
    one(
        field("max_digits = 2, decimal_places = 4"),
        "`decimal_places` is larger than `max_digits`, which is 2",
    );
}

#[test]
fn nested_fields() {
    let nested = |arguments: &str, ty: &str| {
        errors(&format!("#[serializer(entity = E)] struct S {{ #[field({arguments})] a: {ty} }}"))
    };
    one(
        nested("nested", "Vec<T>"),
        "the nested rows of `a` cannot be written\nhelp: add `read_only`, or write `nested(write = replace)` \
         (or `append`, `patch`), or give the serializer `create = ..` and `update = ..`",
    );
    one(
        nested("nested", "T"),
        "the nested row of `a` cannot be written\nhelp: add `read_only`, or give the serializer `create = ..` \
         and `update = ..`",
    );
    one(
        nested("nested(write = replce)", "Vec<T>"),
        "`replce` is not a value of `write`\nhelp: did you mean `replace`?",
    );
    one(
        nested("nested(write = \"patch\")", "Vec<T>"),
        "expected a word, not a string\nhelp: write `write = patch`",
    );
    one(
        nested("unique(lookup = like)", "String"),
        "`like` is not a value of `lookup`\nhelp: expected one of `exact`, `iexact`",
    );
    one(
        nested("child(max_lenght = 3)", "Vec<String>"),
        "unknown argument `max_lenght` for `child`\nhelp: did you mean `max_length`?",
    );
    one(
        nested("child(zzz)", "Vec<String>"),
        "unknown argument `zzz` for `child`\nhelp: expected one of `allow_blank`, `trim_whitespace`, `allow_empty`, \
         `min_length`, `max_length`, `min_value`, `max_value`, `regex`, `format`, `input_formats`, `rounding`, \
         `normalize_output`, `coerce_to_string`, `max_digits`, `decimal_places`, `default_timezone`, `allow_empty_file`, \
         `child`, `error_messages`",
    );
    one(
        nested("child(read_only)", "Vec<String>"),
        "unknown argument `read_only` for `child`\nhelp: write it at the list itself",
    );
    one(
        nested("read_only", "SlugRelated<E>"),
        "missing argument `slug_field`\nhelp: name the column that represents the row: `#[field(slug_field = name)]`",
    );
    one(
        nested("slug_field = \"name\"", "SlugRelated<E>"),
        "expected a column, not a string\nhelp: write `slug_field = name`",
    );
}

#[test]
fn serializers_without_an_entity() {
    let table = "name the table: `#[serializer(entity = publisher::Entity)]`";
    let plain = |field: &str| errors(&format!("#[serializer] struct S {{ {field} }}"));
    for key in ["source", "method"] {
        let found = plain(&format!("#[field({key} = b)] a: String"));
        one(found, &format!("`{key}` needs a serializer with an entity\nhelp: {table}"));
    }
    one(
        plain("#[field(no_column)] a: String"),
        &format!("`no_column` needs a serializer with an entity\nhelp: remove it, or {table}"),
    );
    one(
        plain("#[field(nested(write = patch))] a: Vec<T>"),
        &format!("`write` needs a serializer with an entity\nhelp: write `nested` alone, or {table}"),
    );
    assert!(plain("#[field(nested)] a: Vec<T>").is_empty());
    for rule in ["depth = 1", "relations(a = a::Entity)", "provided(a)", "create = f", "update = f"] {
        let text = expand(&format!("#[serializer({rule})] struct S {{ a: String }}")).to_string();
        assert_eq!(text.matches("needs a serializer with an entity").count(), 1, "{rule}");
    }
}

#[test]
fn serializers() {
    let serializer = |arguments: &str| {
        errors(&format!("#[serializer({arguments})] struct S {{ name: String, isbn: String }}"))
    };
    one(
        serializer("entity = E, unique_together(name)"),
        "`unique_together` needs two fields or more\nhelp: for one field write `#[field(unique)]`",
    );
    one(
        serializer("entity = E, unique_together(nme, isbn)"),
        "`unique_together` names `nme`, which is not a field of this serializer\nhelp: did you mean `name`?",
    );
    one(
        serializer("unique_together(name, isbn)"),
        "`unique_together` needs a serializer with an entity\nhelp: name the table: `entity = publisher::Entity`",
    );
    one(
        serializer("list(min_length = 5, max_length = 3)"),
        "`min_length` is larger than `max_length`, which is 3",
    );
}

#[test]
fn extra_actions() {
    let books = HANDLER;
    one(
        action("methods(GET)", books),
        "`books` is neither `detail` nor `list`\nhelp: write `#[action(detail)]` for an action on one row, `#[action(list)]` for one on all",
    );
    one(action("detail, list", books), "`list` contradicts `detail`\nhelp: remove one of the two");
    one(action("list, methods(get)", books), "unknown HTTP method `get`\nhelp: did you mean `GET`?");
    one(
        action("list, methods()", books),
        "`methods` is empty: no request would reach this action\nhelp: write `methods(GET)`",
    );
    one(
        action("list", "fn books(request: &Request) -> Result<Response> { todo() }"),
        "an action is an `async fn`\nhelp: write `async fn books`",
    );
    one(
        action("list", "async fn books(&self, request: &Request) -> Result<Response> { todo() }"),
        "an action has no `self`\nhelp: a viewset is a description, and has no values",
    );
    one(
        action("list", "async fn list(request: &Request) -> Result<Response> { todo() }"),
        "an action called `list` hides the standard one\nhelp: give it another name, or write `#[action]` alone if it is the standard one, written by yourself",
    );
    one(
        action("list", "async fn books(request: &Request, author: i64) -> Result<Response> { todo() }"),
        "`author` is not a group of `url_path`\nhelp: write `url_path = \"..(?P<author>[^/.]+)\"`, or `detail` for an action on one row",
    );
}

#[test]
fn standard_actions() {
    let standard =
        |function: &str| errors(&format!("#[actions] impl V {{ #[action] async fn {function} {{}} }}"));
    one(standard("lst(request: &Request)"), "`lst` is not a standard action\nhelp: did you mean `list`?");
    one(
        standard("books(request: &Request)"),
        "`books` is not a standard action\nhelp: write `#[action(detail)]` for an action on one row, `#[action(list)]` for one on all",
    );
    // The compiler compares the name with that of the viewset.
    assert!(standard("retrieve(request: &Request, id: i64)").is_empty());
    for parameter in ["pk", "id"] {
        one(
            standard(&format!("list(request: &Request, {parameter}: i64)")),
            &format!(
                "`{parameter}` is not part of the URL\nhelp: an action on all rows has no parameter but the request"
            ),
        );
    }
    assert!(standard("retrieve(request: &Request, book: book::Model)").is_empty());
}

#[test]
fn views_that_are_functions() {
    let view = |arguments: &str| {
        let mut errors = Errors::default();
        let _ = ApiViewArgs::read(arguments.parse().expect("a test gives tokens"), &mut errors);
        errors.into_inner().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    one(view("GTE"), "unknown HTTP method `GTE`\nhelp: did you mean `GET`?");
    one(view("GET, GET"), "duplicate method `GET` in `#[api_view]`\nhelp: remove one of the two");
    one(
        view("methods(GET)"),
        "unknown argument `methods` for `#[api_view]`\nhelp: write the methods alone: `#[api_view(GET, POST)]`",
    );
    one(view("parser(P)"), "unknown argument `parser` for `#[api_view]`\nhelp: did you mean `parsers`?");
    one(view("parsers = P"), "malformed argument `parsers`\nhelp: write `parsers(..)`");
    assert_eq!(
        view("parsers(P), GET, parsers(P)"),
        ["duplicate argument `parsers`\nhelp: remove one of the two", "`parsers` was given here first"]
    );
}

#[test]
fn two_actions_of_one_url() {
    let source = format!(
        "#[actions] impl V {{ #[action(list)] {HANDLER} #[action(list, url_path = \"books\", methods(POST, GET))] {} }}",
        HANDLER.replace("books", "others")
    );
    one(errors(&source), "`books` handles `GET` on `books` already\nhelp: change `url_path`");
}

#[test]
fn wrong_items() {
    let text = |source: &str| expand(source).to_string();
    assert!(
        text("#[model_viewset(serializer = S)] enum V { A }")
            .contains("can only be applied to a struct without fields, not to an enum")
    );
    assert!(
        text("#[serializer(entity = E)] struct S(i64);").contains("the fields of a serializer have names")
    );
    assert!(text("#[model_viewset(serializer = S)] struct V { a: i64 }").contains("a viewset has no fields"));
    assert!(
        text("#[serializer(entity = E)] struct S<T> { a: T }")
            .contains("cannot be applied to a generic item")
    );
    one(
        errors("#[actions] fn f() {}"),
        "`#[actions]` can only be applied to the `impl` of a viewset, not to a function",
    );
    one(errors("#[derive(Choices)] struct S;"), "`#[derive(Choices)]` can only be applied to an enum");
    one(
        errors("#[derive(Choices)] #[sea_orm(rs_type = \"String\")] enum C { A(i64) }"),
        "a choice is a value without fields\nhelp: write `A`",
    );
}
