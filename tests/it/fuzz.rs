//! Hostile values of every kind to every endpoint: the server never fails, never hangs, and never shows more than asked for.
//!
//! The values are chosen by a generator with a fixed seed, for a limited time. `DRF_FUZZ_SEED` chooses other ones, and
//! `DRF_FUZZ_SECONDS` goes on for longer.

use std::time::{Duration, Instant};

use drf::axum::body::Body;
use drf::http::{Method, Request};
use drf::prelude::*;
use drf::testing::{APIClient, TestResponse};
use drf_tests::engines::Database;
use drf_tests::shop::{self, Shop};

/// The longest time for a response.
const LONGEST: Duration = Duration::from_secs(10);

/// Steele and Vigna's SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).expect("a small number")
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn choose<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }
}

const TEXTS: &[&str] = &[
    "",
    " ",
    "0",
    "1",
    "2",
    "-1",
    "1.5",
    "1e400",
    "-1e400",
    "1e-400",
    "NaN",
    "Infinity",
    "null",
    "None",
    "true",
    "false",
    "undefined",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "340282366920938463463374607431768211456",
    "0x1",
    "1_0",
    "１",
    "٣",
    "\0",
    "a\0b",
    "\u{feff}",
    "\u{202e}",
    "é",
    "e\u{301}",
    "😀",
    "\u{10ffff}",
    "\u{fffd}",
    "\r\n",
    "\t",
    "'",
    "\"",
    "\\",
    "\\'",
    "`",
    "'; DROP TABLE book; --",
    "1 OR 1=1",
    "%",
    "%%",
    "_",
    "*",
    "?",
    "(",
    ")",
    "(a",
    "[",
    "[a-",
    "(a+)+$",
    "(?=a)",
    "(?<=a)b",
    "(?i)a",
    "\\1",
    "a{1000}",
    "a{99999}",
    "x{1,1000}{1,1000}",
    "^",
    "$",
    ".*",
    "1,2,3",
    ",",
    ",,,,",
    "1,",
    "a,b",
    "[]",
    "{}",
    "[1]",
    "{\"a\": 1}",
    "\"",
    "../../etc/passwd",
    "<script>",
    "{{7*7}}",
    "${x}",
    "2024-02-29",
    "2023-02-29",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2024-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999-14:00",
    "0001-01-01T00:00:00+14:00",
    "2024-01-01 24:00",
    "12:30",
    "24:00",
    "P1D",
    "1 00:00:00",
    "999999999 23:59:59",
    "-999999999999999999999 00:00:00",
    "550e8400-e29b-41d4-a716-446655440000",
    "550e8400e29b41d4a716446655440000",
    "fiction",
    "tech",
    "Emma",
    "Oak",
    "test",
    "a@b.c",
    "http://[::1",
    "-",
    "--",
    "-price",
    "price",
    "title,title",
    "id",
];

const PARAMETERS: &[&str] = &[
    "search",
    "ordering",
    "page",
    "page_size",
    "limit",
    "offset",
    "format",
    "category",
    "in_stock",
    "publisher",
    "authors",
    "price__lt",
    "price__gte",
    "title",
    "title__icontains",
    "title__regex",
    "created__year__gt",
    "nothing",
    "id",
    "publisher__name",
    "",
    "category__in",
];

const FIELDS: &[&str] = &[
    "id",
    "name",
    "address",
    "title",
    "price",
    "category",
    "in_stock",
    "rating",
    "published",
    "created",
    "publisher",
    "authors",
    "note",
    "text",
    "stars",
    "book",
    "owner_id",
    "books",
    "reviews",
    "items",
    "email",
    "phone",
    "nothing",
    "",
    "__proto__",
    "pk",
];

const PATHS: &[&str] = &[
    "/api/",
    "/api/publishers/",
    "/api/books/",
    "/api/stocked-books/",
    "/api/titles/",
    "/api/reviews/",
    "/api/locked/",
    "/api/throttled/",
    "/nested/shelves/",
    "/nested/appending/",
    "/nested/patching/",
    "/nested/listings/",
    "/nested/references/",
    "/nested/many-authors/",
    "/nested/many-books/",
    "/nested/clearing/",
    "/nested/uniques/",
    "/nested/dated/",
    "/nested/deep/",
    "/nested/contact/",
    "/nested/contacts/",
];

fn text(random: &mut Random) -> String {
    match random.below(20) {
        0 => random.choose(TEXTS).repeat(random.below(300)),
        1 => "9".repeat(random.below(5000)),
        2 => format!("{}{}", random.choose(TEXTS), random.choose(TEXTS)),
        _ => random.choose(TEXTS).to_owned(),
    }
}

fn json(random: &mut Random, depth: usize) -> String {
    match random.below(if depth > 4 { 6 } else { 9 }) {
        0 => random
            .choose(&[
                "null",
                "true",
                "false",
                "0",
                "-0",
                "1",
                "2",
                "-1",
                "1.5",
                "1e308",
                "1e400",
                "-1e-400",
                "9223372036854775808",
                "NaN",
                "123456789012345678901234567890.5",
            ])
            .to_owned(),
        1 => "9".repeat(1 + random.below(400)),
        2 => random
            .choose(&["\"\\u0000\"", "\"\\ud800\"", "\"\\x\"", "\"", "{", "[", "\"\\ud83d\\ude00\"", ""])
            .to_owned(),
        3..6 => serde_json::to_string(&text(random)).expect("a text"),
        6 => {
            let items: Vec<_> = (0..random.below(6)).map(|_| json(random, depth + 1)).collect();
            format!("[{}]", items.join(","))
        }
        7 => object(random, depth + 1),
        _ => format!("{}{}", "[".repeat(random.below(150)), "]".repeat(random.below(150))),
    }
}

fn object(random: &mut Random, depth: usize) -> String {
    let fields: Vec<_> = (0..random.below(8))
        .map(|_| {
            format!(
                "{}:{}",
                serde_json::to_string(random.choose(FIELDS)).expect("a text"),
                json(random, depth)
            )
        })
        .collect();
    format!("{{{}}}", fields.join(","))
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

fn query(random: &mut Random) -> String {
    let count = if random.one_in(50) { 1100 } else { random.below(4) };
    let pairs: Vec<_> = (0..count)
        .map(|_| match random.below(12) {
            0 => random.choose(&["%", "%FF", "%zz", "=", "&", "a=b=c", "%00=%00", ";", "+"]).to_owned(),
            _ => format!(
                "{}={}",
                encoded(random.choose(PARAMETERS)),
                encoded(&text(random).chars().take(500).collect::<String>())
            ),
        })
        .collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

fn path(random: &mut Random) -> String {
    let path = random.choose(PATHS);
    match random.below(6) {
        0..3 => path.to_owned(),
        3 => format!("{path}{}/", 1 + random.below(3)),
        4 => format!("{path}{}/", encoded(&text(random).chars().take(300).collect::<String>())),
        _ => format!("{}.{}", path.trim_end_matches('/'), random.choose(&["json", "api", "xml", "%00"])),
    }
}

fn body(random: &mut Random) -> (&'static str, Vec<u8>) {
    let json = if random.one_in(2) { object(random, 0) } else { json(random, 0) };
    match random.below(10) {
        0 => {
            let pairs: Vec<_> = (0..random.below(6))
                .map(|_| format!("{}={}", random.choose(FIELDS), encoded(&text(random))))
                .collect();
            ("application/x-www-form-urlencoded", pairs.join("&").into_bytes())
        }
        1 => {
            let part = format!(
                "--x\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\n\r\n{}\r\n",
                random.choose(FIELDS),
                random.choose(&["a.png", "..", "\0", ""]),
                text(random)
            );
            (
                random.choose(&[
                    "multipart/form-data; boundary=x",
                    "multipart/form-data",
                    "multipart/form-data; boundary=\"\"",
                ]),
                part.into_bytes(),
            )
        }
        2 => (
            random.choose(&[
                "application/json; charset=utf-16",
                "application/json; charset=bogus",
                "text/plain",
                "",
                "application/json; charset=latin-1",
                "*/*",
            ]),
            json.into_bytes(),
        ),
        3 => ("application/json", [json.as_bytes(), b"\xff\xfe"].concat()),
        4 => ("application/json", json.as_bytes()[..json.len() / 2].to_vec()),
        _ => ("application/json", json.into_bytes()),
    }
}

fn request(random: &mut Random) -> (String, Request<Body>) {
    let methods = [
        Method::GET,
        Method::GET,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
        Method::HEAD,
        Method::TRACE,
    ];
    let method = methods[random.below(methods.len())].clone();
    let uri = format!("{}{}", path(random), query(random));
    // The type has no longer ones, and no server reads them.
    let uri = if uri.len() < 60_000 { uri } else { "/api/books/?search=%00".to_owned() };
    let mut request = Request::builder().method(&method).uri(&uri);
    if random.one_in(10) {
        request = request.header(
            "accept",
            random.choose(&[
                "text/html",
                "application/json; indent=99",
                "*/*;q=x",
                "image/png",
                ",,,",
                "application/json; indent=-1",
            ]),
        );
    }
    if random.one_in(10) {
        request = request.header(
            "authorization",
            random.choose(&[
                "Token ann-key",
                "Token nope",
                "Token",
                "Basic !!!",
                "Basic bm9ib2R5OnB3",
                "Basic AAAA",
                "Bearer x",
            ]),
        );
    }
    let (content_type, body) = if method == Method::GET { ("", Vec::new()) } else { body(random) };
    if !content_type.is_empty() {
        request = request.header("content-type", content_type);
    }
    let shown = format!("{method} {uri} {content_type} {}", String::from_utf8_lossy(&body));
    (shown, request.body(Body::from(body)).expect("a request"))
}

async fn send(client: &APIClient, request: Request<Body>, shown: &str) -> TestResponse {
    let start = Instant::now();
    let answer = tokio::time::timeout(LONGEST, client.send(request)).await;
    let answer = answer.unwrap_or_else(|_| panic!("no response within {:?}: {shown}", start.elapsed()));
    let unavailable = answer.status == 503 && answer.header("retry-after").is_some();
    assert!(answer.status.as_u16() < 500 || unavailable, "{} {}: {shown}", answer.status, answer.text());
    answer
}

/// The lists that have filters, and what a response says about the number of their rows.
const FILTERED: [&str; 3] = ["/api/books/", "/api/publishers/", "/api/stocked-books/"];

fn count(answer: &TestResponse) -> Option<usize> {
    let json: serde_json::Value = serde_json::from_slice(&answer.body).ok()?;
    let count = json["count"].as_u64().and_then(|count| usize::try_from(count).ok());
    count.or_else(|| json.as_array().map(Vec::len))
}

async fn get(client: &APIClient, uri: &str) -> TestResponse {
    let request = Request::get(uri).body(Body::empty()).expect("a request");
    send(client, request, uri).await
}

async fn fuzz(database: &Database) {
    let number = |name: &str, default: u64| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let seed = number("DRF_FUZZ_SEED", 20_240_101);
    let until = Instant::now() + Duration::from_secs(number("DRF_FUZZ_SECONDS", 6));
    let settings = Settings { password_iterations: 10, ..shop::settings() };
    let shop = Shop::on(settings, database.db.clone()).await;
    let clients = [shop.client_of("admin").await, shop.client_of("ann").await, shop.client()];
    let mut random = Random(seed);
    let mut requests = 0;
    while Instant::now() < until && requests < 20_000 {
        requests += 1;
        let client = &clients[random.below(clients.len())];
        let (shown, request) = request(&mut random);
        send(client, request, &format!("seed {seed}, request {requests}: {shown}")).await;
        if requests % 5 == 0 {
            let list = random.choose(&FILTERED);
            let all = count(&get(client, list).await);
            let uri = format!("{list}{}", query(&mut random));
            if uri.len() > 60_000 {
                continue;
            }
            let filtered = get(client, &uri).await;
            if filtered.status == 200 && !uri.contains("page") && !uri.contains("format") {
                assert!(
                    count(&filtered) <= all,
                    "seed {seed}: {uri} has {:?} of {all:?} rows",
                    count(&filtered)
                );
            }
        }
    }
    assert!(requests > 20, "the machine is too slow to find anything: {requests} requests");
}

drf_tests::on_each_engine! {
    async fn hostile_requests_are_answered(database: Database) {
        fuzz(&database).await;
    }

    /// A filter that cannot be read is an error, or keeps no row.
    async fn an_invalid_filter_returns_no_rows(database: Database) {
        let shop = Shop::on(shop::settings(), database.db.clone()).await;
        let client = shop.client_of("ann").await;
        let filters = ["publisher", "authors", "category", "price__lt", "price__gte", "title__regex", "created__year__gt"];
        let invalid = ["nope", "1,2", "[]", "\0", "(", "9".repeat(400).as_str(), "1e400", "--1", "{}", "\u{202e}", "1;2"].map(str::to_owned);
        for filter in filters {
            for value in &invalid {
                // The pattern of a regular expression may be nearly anything, and a huge number is a number.
                let is_valid = match filter {
                    "title__regex" => value != "(" && value != "\0",
                    "price__lt" | "price__gte" | "created__year__gt" => value.starts_with("99"),
                    _ => false,
                };
                let uri = format!("/api/books/?{filter}={}", encoded(value));
                let answer = get(&client, &uri).await;
                assert!(is_valid || answer.status == 400 || count(&answer) == Some(0), "{uri}: {} {}", answer.status, answer.text());
            }
        }
    }
}
