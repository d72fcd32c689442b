//! Verifies JSON Web Tokens that the server has just signed, independently of the server's own code.

use std::collections::HashMap;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use chrono::Utc;
use hmac::{Hmac, KeyInit, Mac};
use num_bigint::BigUint;
use regex::Regex;
use sha2::{Digest, Sha256};

use super::json::Json;
use super::masks::NOW_TOLERANCE;

/// The signing key of the bookstore's settings.
pub const KEY: &str = "conformance-suite-signing-key-not-a-secret-0123456789";

/// The kinds of tokens of a suite, by the name in their mask: `access` in `<<jwtaccess>>`.
#[derive(Debug)]
pub struct Tokens(HashMap<String, Kind>);

#[derive(Debug)]
struct Kind {
    key: Key,
    token_type: String,
    /// In seconds
    lifetime: f64,
    /// The names of all claims, sorted
    claims: Vec<String>,
    /// The claim that names the user
    user: String,
    fixed: Vec<(String, Json)>,
}

#[derive(Debug)]
enum Key {
    /// HS256
    Secret(Vec<u8>),
    /// RS256 with the exponent 65537
    Modulus(BigUint),
}

impl Tokens {
    /// The kinds that a `suite.json` describes.
    ///
    /// # Errors
    /// If a description is incomplete.
    pub fn new(json: &Json) -> Result<Self, String> {
        let names: Vec<_> = json.keys().map(str::to_owned).collect();
        let kind = |name: String| Ok((name.clone(), Kind::new(json.member(&name)?)?));
        names.into_iter().map(kind).collect::<Result<_, String>>().map(Self)
    }

    /// Those of the bookstore, which has no `suite.json`.
    pub(super) fn bookstore() -> Self {
        let kind = |(name, lifetime): (&str, f64)| {
            let claims = ["exp", "iat", "jti", "token_type", "user_id"].map(str::to_owned).to_vec();
            let (key, token_type) = (Key::Secret(KEY.as_bytes().to_vec()), name.to_owned());
            let kind =
                Kind { key, token_type, lifetime, claims, user: "user_id".to_owned(), fixed: Vec::new() };
            (name.to_owned(), kind)
        };
        Self([("access", 300.0), ("refresh", 86_400.0)].into_iter().map(kind).collect())
    }

    /// Returns whether a token has the header, signature, claims and expiry of a new one of this kind.
    pub fn is_valid(&self, kind: &str, token: &str) -> bool {
        self.0.get(kind).is_some_and(|kind| kind.accepts(token).unwrap_or(false))
    }
}

impl Kind {
    fn new(json: &Json) -> Result<Self, String> {
        let modulus = json.get("modulus").and_then(Json::as_str);
        let key = match modulus {
            None => Key::Secret(json.text_at("key")?.as_bytes().to_vec()),
            Some(digits) => Key::Modulus(
                BigUint::parse_bytes(digits.as_bytes(), 16).ok_or("`modulus` is not a hexadecimal number")?,
            ),
        };
        let mut claims: Vec<_> = json.list_at("claims")?.iter().map(Json::to_python_str).collect();
        claims.sort_unstable();
        Ok(Self {
            key,
            token_type: json.text_at("type")?.to_owned(),
            lifetime: json.member("lifetime")?.as_f64().ok_or("`lifetime` is not a number")?,
            claims,
            user: json.text_at("user")?.to_owned(),
            fixed: json.members_at("fixed").map(|(name, value)| (name.to_owned(), value.clone())).collect(),
        })
    }

    fn accepts(&self, token: &str) -> Option<bool> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (head, body) = signed.split_once('.')?;
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?;
        let expected = [("alg", self.key.algorithm()), ("typ", "JWT")];
        let expected = Json::from_iter(expected.map(|(name, value)| (name.to_owned(), value.into())));
        let genuine = self.key.verify(signed.as_bytes(), &signature) && decoded(head)? == expected;
        Some(genuine && self.claims_are_right(&decoded(body)?)?)
    }

    fn claims_are_right(&self, claims: &Json) -> Option<bool> {
        let Json::Object(members) = claims else { return None };
        let mut names: Vec<_> = members.keys().map(String::as_str).collect();
        names.sort_unstable();
        let hex32 = Regex::new("^[0-9a-f]{32}$").ok()?;
        let seconds_left = members.get("exp")?.as_f64()? - Utc::now().timestamp() as f64;
        Some(
            names == self.claims
                && members.get("token_type")?.as_str()? == self.token_type
                && members.get(&self.user)?.as_str().is_some()
                && self.fixed.iter().all(|(name, value)| members.get(name) == Some(value))
                && hex32.is_match(members.get("jti")?.as_str()?)
                && (seconds_left - self.lifetime).abs() < NOW_TOLERANCE as f64,
        )
    }
}

impl Key {
    fn algorithm(&self) -> &'static str {
        match self {
            Self::Secret(_) => "HS256",
            Self::Modulus(_) => "RS256",
        }
    }

    fn verify(&self, signed: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Secret(key) => Hmac::<Sha256>::new_from_slice(key)
                .is_ok_and(|mac| mac.chain_update(signed).verify_slice(signature).is_ok()),
            Self::Modulus(modulus) => rs256(modulus, signed, signature),
        }
    }
}

/// Verifies an RSASSA-PKCS1-v1_5 signature with SHA-256 and the exponent 65537.
fn rs256(modulus: &BigUint, signed: &[u8], signature: &[u8]) -> bool {
    const SHA256_INFO: [u8; 19] =
        [0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20];
    let digest = [&SHA256_INFO[..], &Sha256::digest(signed)].concat();
    let size = modulus.bits().div_ceil(8) as usize;
    let Some(padding) = size.checked_sub(digest.len() + 3) else { return false };
    let block = [&[0, 1][..], &vec![0xff; padding], &[0], &digest].concat();
    let opened = BigUint::from_bytes_be(signature).modpow(&65537_u32.into(), modulus);
    signature.len() == size && opened == BigUint::from_bytes_be(&block)
}

fn decoded(part: &str) -> Option<Json> {
    Json::parse(&BASE64_URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}
