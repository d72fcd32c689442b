//! Rows as SQL literals, computed from their number.

use super::TOKEN;

const PUBLISHERS: u64 = 100;
const AUTHORS: u64 = 1000;

/// How many rows are inserted by one statement.
const BATCH: u64 = 500;

const BOOK_COLUMNS: &str =
    "book (id, name, isbn, price, category, in_stock, rating, published, created, publisher_id)";

const WORDS: [&str; 16] = [
    "winter", "river", "stone", "garden", "letter", "harbour", "silence", "glass", "northern", "paper",
    "orchard", "clock", "bridge", "salt", "meadow", "lantern",
];
const CATEGORIES: [&str; 4] = ["fiction", "science", "history", "tech"];

/// A number that looks random and is always the same (SplitMix64).
fn mix(seed: u64, salt: u64) -> u64 {
    let mut number = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(salt << 32);
    number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

/// The values of a row, from its number.
type Values = fn(u64) -> String;

/// The statements that fill the tables.
pub(super) fn inserts(books: u64) -> impl Iterator<Item = String> {
    let tables: [(u64, &str, Values); 4] = [
        (PUBLISHERS, "publisher (id, name, address)", publisher),
        (AUTHORS, "author (id, name)", author),
        (books, BOOK_COLUMNS, book),
        (books, "book_author (book_id, author_id)", book_authors),
    ];
    let batches = tables.into_iter().flat_map(|(count, table, row)| {
        (0..count.div_ceil(BATCH)).map(move |batch| {
            let rows = 1 + batch * BATCH..=count.min((batch + 1) * BATCH);
            let values: Vec<String> = rows.map(row).collect();
            format!("INSERT INTO {table} VALUES {}", values.join(","))
        })
    });
    users().into_iter().chain(batches)
}

fn word(id: u64, salt: u64) -> &'static str {
    WORDS[(mix(id, salt) % WORDS.len() as u64) as usize]
}

fn users() -> [String; 2] {
    let joined = "2024-01-05 08:00:00.250001";
    let user =
        format!("1, '!', NULL, FALSE, 'ann', 'Lee', 'ann@example.com', FALSE, TRUE, '{joined}', 'Ann'");
    [
        format!("INSERT INTO auth_user VALUES ({user})"),
        format!("INSERT INTO authtoken_token VALUES ('{TOKEN}', '{joined}', 1)"),
    ]
}

fn publisher(id: u64) -> String {
    format!("({id}, '{} {} Press {id}', '{id} Mill Lane')", word(id, 1), word(id, 2))
}

fn author(id: u64) -> String {
    format!("({id}, '{} {} {id}')", word(id, 3), word(id, 4))
}

/// A price is never whole: SQLite would keep it as an integer, which sea-orm's `Decimal` cannot read.
fn book(id: u64) -> String {
    let name = format!("The {} {} of the {} no. {id}", word(id, 5), word(id, 6), word(id, 7));
    let (isbn, cents) = (9_780_000_000_000 + id, 5 * (1 + mix(id, 8) % 19));
    let (euros, category) = (3 + mix(id, 9) % 90, CATEGORIES[(mix(id, 10) % 4) as usize]);
    let stock = if mix(id, 11).is_multiple_of(4) { "FALSE" } else { "TRUE" };
    let publisher = 1 + mix(id, 12) % PUBLISHERS;
    let (rating, published, created) = (rating(id), published(id), created(id));
    format!(
        "({id}, '{name}', '{isbn}', {euros}.{cents:02}, '{category}', {stock}, {rating}, {published}, '{created}', {publisher})"
    )
}

fn rating(id: u64) -> String {
    match mix(id, 13) % 51 {
        50 => "NULL".to_owned(),
        tenths => format!("{}.{}", tenths / 10, tenths % 10),
    }
}

fn published(id: u64) -> String {
    match mix(id, 14) % 10 {
        0 => "NULL".to_owned(),
        _ => format!("'{}-{:02}-{:02}'", 1950 + mix(id, 15) % 74, 1 + mix(id, 16) % 12, 1 + mix(id, 17) % 28),
    }
}

/// Microseconds that do not end in three zeros: DRF and chrono then write the same digits.
fn created(id: u64) -> String {
    let (day, hour, minute) = (1 + mix(id, 18) % 28, mix(id, 19) % 24, mix(id, 20) % 60);
    format!("2024-02-{day:02} {hour:02}:{minute:02}:07.{:06}", mix(id, 21) % 999 * 1000 + 1)
}

/// One to three authors.
fn book_authors(id: u64) -> String {
    let first = mix(id, 22) % (AUTHORS - 3);
    let links = (0..=mix(id, 23) % 3).map(|more| format!("({id}, {})", 1 + first + more));
    links.collect::<Vec<_>>().join(",")
}
