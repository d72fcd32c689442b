/// The tables as Django's migrations make them on SQLite.
pub(super) const TABLES: &str = r#"
CREATE TABLE publisher (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    name varchar(64) NOT NULL UNIQUE,
    address varchar(128) NOT NULL
);
CREATE TABLE author (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    name varchar(100) NOT NULL
);
CREATE TABLE book (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    name varchar(200) NOT NULL,
    isbn varchar(13) NOT NULL UNIQUE,
    price decimal NOT NULL,
    category varchar(10) NOT NULL,
    in_stock bool NOT NULL,
    rating real NULL,
    published date NULL,
    created datetime NOT NULL,
    publisher_id bigint NOT NULL REFERENCES publisher (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX book_publisher_id ON book (publisher_id);
CREATE TABLE book_author (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    book_id bigint NOT NULL REFERENCES book (id) DEFERRABLE INITIALLY DEFERRED,
    author_id bigint NOT NULL REFERENCES author (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX book_author_uniq ON book_author (book_id, author_id);
CREATE INDEX book_author_author_id ON book_author (author_id);
CREATE TABLE auth_user (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    password varchar(128) NOT NULL,
    last_login datetime NULL,
    is_superuser bool NOT NULL,
    username varchar(150) NOT NULL UNIQUE,
    last_name varchar(150) NOT NULL,
    email varchar(254) NOT NULL,
    is_staff bool NOT NULL,
    is_active bool NOT NULL,
    date_joined datetime NOT NULL,
    first_name varchar(150) NOT NULL
);
CREATE TABLE authtoken_token (
    key varchar(40) NOT NULL PRIMARY KEY,
    created datetime NOT NULL,
    user_id integer NOT NULL UNIQUE REFERENCES auth_user (id) DEFERRABLE INITIALLY DEFERRED
);
"#;
