//! Verifies a JSON Web Token that the server just made, independently of the server's own code.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use chrono::Utc;
use hmac::{Hmac, KeyInit, Mac};
use regex::Regex;
use sha2::Sha256;

use super::json::Json;
use super::masks::NOW_TOLERANCE;

/// The signing key of the recorded application's settings.
pub const KEY: &[u8] = b"conformance-suite-signing-key-not-a-secret-0123456789";
const CLAIMS: [&str; 5] = ["exp", "iat", "jti", "token_type", "user_id"];

/// Whether header, signature, claims and expiry are right for a new token of this type and lifetime in seconds.
pub fn is_valid(token: &str, token_type: &str, lifetime: i64) -> bool {
    verified_claims(token).is_some_and(|claims| are_right(&claims, token_type, lifetime).unwrap_or(false))
}

/// The claims of a token with the right header and signature.
fn verified_claims(token: &str) -> Option<Json> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (head, body) = signed.split_once('.')?;
    let mut mac = Hmac::<Sha256>::new_from_slice(KEY).ok()?;
    mac.update(signed.as_bytes());
    mac.verify_slice(&BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
    let expected = [("alg", "HS256"), ("typ", "JWT")].map(|(name, value)| (name.to_owned(), value.into()));
    (decoded(head)? == Json::from_iter(expected)).then(|| decoded(body))?
}

fn decoded(part: &str) -> Option<Json> {
    Json::parse(&BASE64_URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn are_right(claims: &Json, token_type: &str, lifetime: i64) -> Option<bool> {
    let Json::Object(members) = claims else { return None };
    let mut names: Vec<_> = members.keys().map(String::as_str).collect();
    names.sort_unstable();
    let hex32 = Regex::new("^[0-9a-f]{32}$").ok()?;
    let seconds_left = members.get("exp")?.as_f64()? - Utc::now().timestamp() as f64;
    Some(
        names == CLAIMS
            && members.get("token_type")?.as_str()? == token_type
            && members.get("user_id")?.as_str().is_some()
            && hex32.is_match(members.get("jti")?.as_str()?)
            && (seconds_left - lifetime as f64).abs() < NOW_TOLERANCE as f64,
    )
}
