use drf::parsers::JSONParser;
use drf::prelude::*;
use drf::renderers::JSONRenderer;

pub fn router() -> SimpleRouter {
    SimpleRouter::new().register_view::<Secret>("secret", "secret")
}

#[api_view(PUT, parsers(JSONParser), renderers(JSONRenderer))]
#[permission(IsAuthenticated)]
pub async fn Secret(request: &Request) -> Result<Response> {
    let data = match request.data().await? {
        drf::parsers::Data::Json(value) => value.clone(),
        drf::parsers::Data::Form(_) => Value::Null,
    };
    let answer: [(&str, Value); 2] = [("user", request.user().username().into()), ("data", data)];
    Ok(Response::ok(Value::from(answer)))
}
