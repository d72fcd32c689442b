//! What a `<<mask>>` accepts and what it does not.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use chrono::{TimeDelta, Utc};
use drf_tests::conformance::json::Json;
use drf_tests::conformance::jwt::{self, Tokens};
use drf_tests::conformance::{Suite, masks};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

fn matches(golden: &str, actual: &str) -> bool {
    masks::matches(golden, actual, &Suite::bookstore().expect("the bookstore's suite").tokens)
}

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
fn around_allows_a_distance_of_fifteen() {
    accepts("<<around:60>>", "45");
    accepts("<<around:60>>", "75");
    refuses("<<around:60>>", "44");
    refuses("<<around:60>>", "76");
}

#[test]
fn local_times_have_their_offset() {
    let local = |offset: i32, form: &str| {
        let zone = chrono::FixedOffset::east_opt(offset * 3600).expect("an offset");
        Utc::now().with_timezone(&zone).format(form).to_string()
    };
    let form = "%Y-%m-%dT%H:%M:%S%.6f%:z";
    accepts("<<nowlocal>>", &local(8, form));
    refuses("<<nowlocal>>", &local(7, form));
    refuses("<<nowlocal>>", &Utc::now().format("%Y-%m-%dT%H:%M:%S+08:00").to_string());
    accepts("<<nowzone>>", &local(-3, form));
    refuses("<<nowzone>>", &local(-3, "%Y-%m-%dT%H:%M:%S"));
}

#[test]
fn today_is_within_a_day() {
    let at = |days| (Utc::now().date_naive() + TimeDelta::days(days)).to_string();
    accepts("<<today>>", &at(0));
    accepts("<<today>>", &at(-1));
    refuses("<<today>>", &at(2));
    refuses("<<today>>", "2026-02-30");
}

#[test]
fn identifiers_have_their_alphabet_and_length() {
    accepts("<<uuid>>", "01234567-89ab-4cde-8f01-23456789abcd");
    refuses("<<uuid>>", "01234567-89ab-1cde-8f01-23456789abcd");
    refuses("<<uuid>>", "01234567-89AB-4cde-8f01-23456789abcd");
    accepts("<<hex32>>", JTI);
    refuses("<<hex32>>", &JTI[1..]);
    accepts("logo_<<alnum7>>.png", "logo_aB3dE5g.png");
    refuses("logo_<<alnum7>>.png", "logo_aB3dE5.png");
}

#[test]
fn several_masks_are_checked_each() {
    accepts("<<about:1>>/<<about:50>>", "2/50");
    refuses("<<about:1>>/<<about:50>>", "2/60");
    refuses("<<about:1>>/<<about:50>>", "9/50");
}

#[test]
fn an_unknown_mask_accepts_nothing() {
    refuses("<<number>>", "<<number>>");
    refuses("<<number>>", "x");
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
    token(HEAD, claims, jwt::KEY.as_bytes())
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
    refuses("<<jwtaccess>>", &token(r#"{"alg": "HS256"}"#, &claims, jwt::KEY.as_bytes()));
    refuses("<<jwtaccess>>", &token(r#"{"alg": "none", "typ": "JWT"}"#, &claims, jwt::KEY.as_bytes()));
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

/// The tokens of a suite that is not the bookstore.
fn other_tokens() -> Tokens {
    let kinds = r#"{
        "access": {"key": "k", "type": "access", "lifetime": 600, "claims": ["token_type", "exp", "iat", "jti", "sub", "iss"],
                   "user": "sub", "fixed": {"iss": "tracker"}},
        "rsa": {"modulus": "c9", "type": "rsa", "lifetime": 600, "claims": [], "user": "sub"}
    }"#;
    Tokens::new(&Json::parse(kinds.as_bytes()).expect("valid JSON")).expect("complete kinds")
}

#[test]
fn a_suite_has_its_own_tokens() {
    let now = Utc::now().timestamp();
    let claims = |issuer: &str| {
        let exp = now + 600;
        let claims = format!(
            r#"{{"token_type":"access","exp":{exp},"iat":{now},"jti":"{JTI}","sub":"7","iss":"{issuer}"}}"#
        );
        token(HEAD, &claims, b"k")
    };
    let tokens = other_tokens();
    assert!(masks::matches("<<jwtaccess>>", &claims("tracker"), &tokens));
    assert!(!masks::matches("<<jwtaccess>>", &claims("another"), &tokens), "a fixed claim");
    assert!(!masks::matches("<<jwtrefresh>>", &claims("tracker"), &tokens), "a kind that the suite has not");
    assert!(!masks::matches("<<jwtrsa>>", &claims("tracker"), &tokens), "another algorithm");
}

/// Signed once with a throw-away key of 1,024 bits.
#[test]
fn rsa_signatures_are_verified() {
    let kind = format!(
        r#"{{"rsa": {{"modulus": "{RSA_MODULUS}", "type": "rsa", "lifetime": {RSA_EXP}, "claims": ["exp", "jti", "sub", "token_type"], "user": "sub"}}}}"#
    );
    // the lifetime is counted from the present
    let kind = kind.replace(&RSA_EXP.to_string(), &(RSA_EXP - Utc::now().timestamp()).to_string());
    let tokens = Tokens::new(&Json::parse(kind.as_bytes()).expect("valid JSON")).expect("a complete kind");
    assert!(masks::matches("<<jwtrsa>>", RSA_TOKEN, &tokens));
    let (signed, signature) = RSA_TOKEN.rsplit_once('.').expect("a signature");
    let forged = format!("{signed}.{}", signature.replacen(|c: char| c.is_ascii_digit(), "x", 1));
    assert!(!masks::matches("<<jwtrsa>>", &forged, &tokens));
}

const RSA_EXP: i64 = 4102444800;
const RSA_MODULUS: &str = "adf4885b76dbfc1530f2b9b70865bb2ef9f10a0b1dabf3e6b8e770647ddcdfa905905be2923900441ab43c135698e2bd4f166ff5fa8dddb1a3d73b177304feba4b33b472c64549eb1459a28d56789ceb57f27eb5a62e7f140bca6b979053d5e3b164d061391d062f69183522eaac44465c6581cbf1940487558b8de28f0515e5";
const RSA_TOKEN: &str = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjQxMDI0NDQ4MDAsImp0aSI6IjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmIiwic3ViIjoiNyIsInRva2VuX3R5cGUiOiJyc2EifQ.Dx13a9UkO9kIbi74GXiJ9TEJ0BKZTJ0PP1f0oLnnEEZYJTC8F4Zh6rewSuwRi56FWN5E3UvAMvFVGSUAnPjwBC0UwSc75H5xCGwfeaCm-hifE78Az3xUl-h8usmpWfmJMqFIMb7Z9RyaMr8cotsWCcUXOzqAMty_w-zYqV1xxKk";
