use std::future::Future;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};

use super::{Authentication, AuthenticationResult, User, credentials, log_in};
use crate::exceptions::{APIException, Result};
use crate::request::Request;

/// `Authorization: Basic <base64 of name:password>`, against Django's `auth_user`. DRF's `BasicAuthentication`.
#[derive(Debug, Clone, Copy, Default)]
pub struct BasicAuthentication;

/// [`BasicAuthentication`] with another realm.
#[derive(Debug, Clone, Copy)]
pub struct RealmBasicAuthentication(&'static str);

impl BasicAuthentication {
    /// With another realm in the challenge: DRF's `www_authenticate_realm`.
    pub const fn realm(self, realm: &'static str) -> RealmBasicAuthentication {
        RealmBasicAuthentication(realm)
    }
}

impl Authentication for BasicAuthentication {
    fn authenticate(&self, request: &Request) -> impl Future<Output = AuthenticationResult> + Send {
        authenticate(request)
    }

    fn authenticate_header(&self, request: &Request) -> Option<String> {
        Authentication::authenticate_header(&self.realm("api"), request)
    }
}

impl Authentication for RealmBasicAuthentication {
    fn authenticate(&self, request: &Request) -> impl Future<Output = AuthenticationResult> + Send {
        authenticate(request)
    }

    fn authenticate_header(&self, _request: &Request) -> Option<String> {
        Some(format!("Basic realm=\"{}\"", self.0))
    }
}

async fn authenticate(request: &Request) -> AuthenticationResult {
    match credentials(request.headers(), "basic", "basic")? {
        // boxed, since most requests that come by here have no password
        Some(encoded) => Box::pin(find(request, encoded)).await.map(|user| Some((user, None))),
        None => Ok(None),
    }
}

/// Returns the user of a name and a password.
async fn find(request: &Request, encoded: &str) -> Result<User> {
    let failed = |text: &str| APIException::authentication_failed(text);
    let decoded = decode(encoded);
    let pair = decoded.as_deref().and_then(|text| text.split_once(':'));
    let Some((name, password)) = pair else {
        return Err(failed("Invalid basic header. Credentials not correctly base64 encoded.").into());
    };
    match log_in(request, name, password).await? {
        Some(user) => Ok(user),
        None => Err(failed("Invalid username/password.").into()),
    }
}

/// Base64, then UTF-8, or Latin-1 if it is not that.
fn decode(encoded: &str) -> Option<String> {
    let bytes = LENIENT.decode(digits(encoded)?).ok()?;
    let latin =
        |error: std::string::FromUtf8Error| error.as_bytes().iter().map(|&byte| char::from(byte)).collect();
    Some(String::from_utf8(bytes).unwrap_or_else(latin))
}

const LENIENT: GeneralPurpose = GeneralPurpose::new(&STANDARD, NO_PAD.with_decode_allow_trailing_bits(true));

/// Returns the digits that Python's `b64decode` reads: other characters are skipped, padding where none is needed too, and what
/// comes after needed padding is not looked at.
fn digits(encoded: &str) -> Option<Vec<u8>> {
    let (mut digits, mut pads) = (Vec::new(), 0);
    for byte in encoded.bytes() {
        match byte {
            b'=' => pads += 1,
            b'+' | b'/' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                digits.push(byte);
                pads = 0;
            }
            _ => {}
        }
        let open = digits.len() % 4;
        if open >= 2 && open + pads >= 4 {
            return Some(digits);
        }
    }
    digits.len().is_multiple_of(4).then_some(digits)
}
