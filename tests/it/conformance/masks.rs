//! What a `<<mask>>` accepts and what it does not.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use chrono::{TimeDelta, Utc};
use drf_tests::conformance::jwt;
use drf_tests::conformance::masks::matches;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

#[track_caller]
fn accepts(golden: &str, actual: &str) {
    assert!(matches(golden, actual), "{golden:?} should accept {actual:?}");
}

#[track_caller]
fn refuses(golden: &str, actual: &str) {
    assert!(!matches(golden, actual), "{golden:?} should refuse {actual:?}");
}

#[test]
fn text_without_a_mask_is_literal() {
    accepts("a.b", "a.b");
    refuses("a.b", "axb");
    refuses("a", "a\n");
    accepts("<b> << 2", "<b> << 2");
}

#[test]
fn text_around_a_mask_is_literal() {
    accepts("(<<about:60>>)", "(60)");
    refuses("(<<about:60>>)", "60");
    refuses("<<about:60>>.", "60!");
    refuses("<<about:60>>", "60\n");
}

#[test]
fn about_allows_a_distance_of_three() {
    for near in ["57", "60", "63"] {
        accepts(
            "Expected available in <<about:60>> seconds.",
            &format!("Expected available in {near} seconds."),
        );
    }
    for far in ["56", "64", "600", "-60", "60.0", "", "99999999999999999999999"] {
        refuses("<<about:60>>", far);
    }
    refuses("<<about>>", "60");
}

#[test]
fn now_is_within_ten_minutes() {
    let at =
        |minutes| (Utc::now() + TimeDelta::minutes(minutes)).format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string();
    for near in [0, 9, -9] {
        accepts("<<now>>", &at(near));
    }
    for far in [11, -11, 60 * 24] {
        refuses("<<now>>", &at(far));
    }
    accepts("<<now>>", &Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string());
}

#[test]
fn now_is_written_as_django_rest_framework_writes_it() {
    for form in
        ["%Y-%m-%dT%H:%M:%S%.3fZ", "%Y-%m-%d %H:%M:%SZ", "%Y-%m-%dT%H:%M:%S+00:00", "%Y-%m-%dT%H:%M:%S"]
    {
        refuses("<<now>>", &Utc::now().format(form).to_string());
    }
    refuses("<<now>>", "2026-13-45T99:00:00Z");
}

#[test]
fn tokens_have_their_alphabet_and_length() {
    accepts("<<hex40>>", &"0af9".repeat(10));
    refuses("<<hex40>>", &"0AF9".repeat(10));
    refuses("<<hex40>>", &"0af9".repeat(9));
    refuses("<<hex40>>", &"0afg".repeat(10));
    accepts("<<csrf>>", &"aB3x".repeat(8));
    refuses("<<csrf>>", &"aB3x".repeat(7));
    refuses("<<csrf>>", &"aB3x".repeat(17));
    accepts("<<cookie>>", "abcDEF:123_456-7");
    refuses("<<cookie>>", "abcDEF:123_456-");
    refuses("<<cookie>>", "abcDEF 123_456-78");
}

#[test]
fn cursors_are_percent_encoded() {
    accepts("http://testserver/?cursor=<<cursor>>&size=2", "http://testserver/?cursor=cD0y%3D&size=2");
    refuses("http://testserver/?cursor=<<cursor>>", "http://testserver/?cursor=cD0y=");
    refuses("http://testserver/?cursor=<<cursor>>", "http://testserver/?cursor=");
    refuses("http://testserver/?cursor=<<cursor>>", "http://testserver/?cursor=cD0y%2A");
}

#[test]
fn dates_of_headers_are_in_gmt() {
    accepts("expires=<<httpdate>>", "expires=Sat, 01 Jan 2000 00:00:00 GMT");
    refuses("expires=<<httpdate>>", "expires=Sat, 1 Jan 2000 00:00:00 GMT");
    refuses("expires=<<httpdate>>", "expires=Sat, 01 Jan 2000 00:00:00 +0000");
}

#[test]
fn text_is_anything_but_nothing() {
    accepts("JSON parse error - <<text>>", "JSON parse error - line 1\nline 2");
    refuses("JSON parse error - <<text>>", "JSON parse error - ");
}

#[test]
fn several_masks_are_checked_each() {
    accepts("<<about:1>>/<<about:50>>", "2/50");
    refuses("<<about:1>>/<<about:50>>", "2/60");
    refuses("<<about:1>>/<<about:50>>", "9/50");
}

#[test]
fn an_unknown_mask_accepts_nothing() {
    refuses("<<uuid>>", "<<uuid>>");
    refuses("<<uuid>>", "x");
}

const JTI: &str = "0123456789abcdef0123456789abcdef";
const HEAD: &str = r#"{"alg": "HS256", "typ": "JWT"}"#;

fn token(head: &str, claims: &str, key: &[u8]) -> String {
    let signed = [head, claims].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part)).join(".");
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length will do");
    mac.update(signed.as_bytes());
    format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

fn claims(token_type: &str, lifetime: i64, jti: &str, user: &str) -> String {
    let now = Utc::now().timestamp();
    let exp = now + lifetime;
    format!(r#"{{"token_type":"{token_type}","exp":{exp},"iat":{now},"jti":"{jti}","user_id":{user}}}"#)
}

fn signed(claims: &str) -> String {
    token(HEAD, claims, jwt::KEY)
}

#[test]
fn a_right_jwt_is_accepted() {
    accepts("<<jwtaccess>>", &signed(&claims("access", 300, JTI, r#""2""#)));
    accepts("<<jwtrefresh>>", &signed(&claims("refresh", 86_400, JTI, r#""2""#)));
}

#[test]
fn a_jwt_with_another_signature_is_refused() {
    let claims = claims("access", 300, JTI, r#""2""#);
    refuses("<<jwtaccess>>", &token(HEAD, &claims, b"another key"));
    let unsigned = signed(&claims);
    refuses("<<jwtaccess>>", &unsigned[..unsigned.len() - 4]);
    refuses("<<jwtaccess>>", "a.b.c");
}

#[test]
fn a_jwt_with_another_header_is_refused() {
    let claims = claims("access", 300, JTI, r#""2""#);
    refuses("<<jwtaccess>>", &token(r#"{"alg": "HS256"}"#, &claims, jwt::KEY));
    refuses("<<jwtaccess>>", &token(r#"{"alg": "none", "typ": "JWT"}"#, &claims, jwt::KEY));
}

#[test]
fn a_jwt_with_other_claims_is_refused() {
    refuses("<<jwtaccess>>", &signed(&claims("refresh", 300, JTI, r#""2""#)));
    refuses("<<jwtaccess>>", &signed(&claims("access", 86_400, JTI, r#""2""#)));
    refuses("<<jwtaccess>>", &signed(&claims("access", 300, "0123", r#""2""#)));
    refuses("<<jwtaccess>>", &signed(&claims("access", 300, JTI, "2")));
    refuses("<<jwtaccess>>", &signed(&claims("access", 300, JTI, r#""2","extra":1"#)));
    refuses("<<jwtaccess>>", &signed(r#"{"token_type": "access"}"#));
}
