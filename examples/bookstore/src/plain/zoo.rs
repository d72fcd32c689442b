//! `/api/plain/zoo/`: plain serializers, one for each family of field types.

mod booleans;
mod chars;
mod choices;
mod containers;
mod formats;
mod numbers;
mod required;
mod times;

use drf::prelude::*;

/// POST validates and answers {"valid": keys, "data": serializer.data}.
///
/// PATCH validates with partial=True and answers {"valid": keys} only.
/// ?many=1 wraps the serializer in a ListSerializer with max_length=3 (and
/// allow_empty=False with ?nonempty=1); "valid" is then the number of items.
#[api_view(POST, PATCH)]
pub async fn Zoo(request: &Request) -> Result<Response> {
    match request.kwarg("name").unwrap_or("") {
        "chars" => validated::<chars::Chars>(request).await,
        "formats" => validated::<formats::Formats>(request).await,
        "numbers" => validated::<numbers::Numbers>(request).await,
        "booleans" => validated::<booleans::Booleans>(request).await,
        "times" => validated::<times::Times>(request).await,
        "choices" => validated::<choices::AllChoices>(request).await,
        "containers" => validated::<containers::Containers>(request).await,
        "required" => validated::<required::Required>(request).await,
        _ => Err(APIException::not_found().into()),
    }
}

async fn validated<S: Serializer>(request: &Request) -> Result<Response> {
    let partial = request.method() == "PATCH";
    let is_set =
        |name: &str| request.query_params().get(name).is_some_and(|value| value.as_str() != Some(""));
    let (valid, data) = if is_set("many") {
        let limits =
            ListLimits { max_length: Some(3), allow_empty: !is_set("nonempty"), ..ListLimits::default() };
        let items = generics::is_valid_list::<S>(request, limits, partial).await?;
        (Value::Int(items.len() as i64), items.iter().map(S::data).collect::<Vec<_>>().into())
    } else {
        let data = request.data().await?;
        let item = generics::validate::<S>(request, data, partial).await?;
        let mut names = S::names(&item);
        names.sort_unstable();
        (names.into(), S::data(&item))
    };
    let mut answer = drf::Dict::from([("valid".to_owned(), valid)]);
    if !partial {
        answer.insert("data".to_owned(), data);
    }
    Ok(Response::ok(answer))
}
