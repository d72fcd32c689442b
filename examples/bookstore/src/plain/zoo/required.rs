use drf::fields::Integer;
use drf::prelude::*;

use super::choices::Letter;

/// Everything is required; used for the "missing" and "null" messages.
#[serializer(validate = validate)]
pub struct Required {
    #[field(validate = validate_name)]
    name: String,
    age: Integer,
    day: Date,
    tags: Vec<String>,
    active: bool,
    kind: Letter,
    opts: MultipleChoice<Letter>,
    #[field(required = false)]
    file: File,
    #[field(write_only, default = "s3cret".to_owned())]
    secret: String,
    #[field(read_only, default = "shown".to_owned())]
    shown: String,
}

fn validate_name(name: String) -> Result<String, ValidationError> {
    match name.as_str() {
        "root" => Err(ValidationError::list(["reserved", "really"])),
        _ => Ok(name),
    }
}

async fn validate(
    data: Validated<Required>,
    _context: &Context<'_, Required>,
) -> Result<Validated<Required>> {
    let young = data.age.as_ref().is_none_or(|age| *age < Integer::from(18));
    if data.kind == Some(Letter::B) && young {
        return Err(ValidationError::fields([("age", "too young for b")]).into());
    }
    let kind = data.kind.map(|kind| kind.value());
    if kind.is_some() && kind == data.name.as_deref().map(Value::from) {
        return Err(ValidationError::list(["name equals kind", "choose another"]).into());
    }
    Ok(data)
}
