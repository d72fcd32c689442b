use drf::authentication::models::user;
use drf::prelude::*;

/// Password is write-only and hashed.
#[serializer(entity = user::Entity, validate = hash_password)]
pub struct UserSerializer {
    pub id: i32,
    #[field(
        validators(valid_username),
        error_messages(unique = "A user with that username already exists.")
    )]
    pub username: String,
    pub email: Email,
    #[field(write_only, min_length = 8)]
    pub password: String,
    #[field(read_only)]
    pub is_staff: bool,
}

/// Django's `UnicodeUsernameValidator`.
#[allow(clippy::ptr_arg, reason = "a validator gets the field's type")]
fn valid_username(name: &String) -> Result<(), ValidationError> {
    match name.chars().all(|letter| letter.is_alphanumeric() || "_.@+-".contains(letter)) {
        true => Ok(()),
        false => Err(ValidationError::new(
            "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.",
        )),
    }
}

/// Hashes before a transaction is open, which would wait for it.
async fn hash_password(
    mut data: Validated<UserSerializer>,
    context: &Context<'_, UserSerializer>,
) -> Result<Validated<UserSerializer>> {
    if let Some(password) = &mut data.password {
        let hasher = context.request.settings().password_hasher();
        *password = hasher.make_password(password).await?;
    }
    Ok(data)
}

/// A bare ViewSet: `me` and sign-up.
#[viewset]
pub struct UserViewSet;

#[actions]
impl UserViewSet {
    #[action]
    async fn list(request: &Request) -> Result<Response> {
        if !request.user().is_authenticated() {
            return Ok(Response::ok(Value::from([("anonymous", true)])));
        }
        let user = request.user_as::<user::Model>().await?;
        generics::represent::<UserSerializer>(request, &user).await
    }

    #[action]
    async fn create(request: &Request) -> Result<Response> {
        generics::create::<UserSerializer>(request).await
    }
}
