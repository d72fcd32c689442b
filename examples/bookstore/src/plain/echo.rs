use drf::authentication::TokenKey;
use drf::parsers::Data;
use drf::prelude::*;

/// Shows what the request looked like after parsing.
#[api_view(GET, POST, PUT, DELETE)]
pub async fn Echo(request: &Request) -> Result<Response> {
    match request.method().as_str() {
        "GET" | "HEAD" => Ok(Response::ok(shown(request))),
        "DELETE" => Ok(Response::no_content()),
        method => {
            let (kind, data) = match request.data().await? {
                Data::Json(value) => (value.type_name(), value.clone()),
                Data::Form(form) => {
                    let lists = form.lists().map(|(key, values)| (key.to_owned(), names(values)));
                    ("QueryDict", Value::Dict(lists.collect()))
                }
            };
            let answer: [(&str, Value); 3] =
                [("method", method.into()), ("type", kind.into()), ("data", data)];
            Ok(Response::ok(Value::from(answer)))
        }
    }
}

fn shown(request: &Request) -> Value {
    let query = request.query_params().lists().map(|(key, values)| (key.to_owned(), names(values)));
    let answer: [(&str, Value); 5] = [
        ("method", request.method().as_str().into()),
        ("query", Value::Dict(query.collect())),
        ("user", request.user().username().into()),
        ("auth", request.auth::<TokenKey>().map(ToString::to_string).into()),
        ("accepted", request.accepted_media_type().into()),
    ];
    Value::from(answer)
}

/// Files by their names.
fn names(values: &[Value]) -> Value {
    let name = |value: &Value| match value {
        Value::File(file) => file.name.as_str().into(),
        other => other.clone(),
    };
    Value::List(values.iter().map(name).collect())
}
