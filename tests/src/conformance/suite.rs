//! A recorded suite: its folder, and what its answers must be compared by.

use std::path::{Path, PathBuf};

use super::json::Json;
use super::jwt::Tokens;
use super::transcript;
use crate::engines::Engine;

/// A suite of recorded scenarios: `bookstore`, or `tracker`.
#[derive(Debug)]
pub struct Suite {
    /// The name, which its database dumps have too
    pub name: String,
    /// The headers that are always compared, in lower case
    pub headers: Vec<String>,
    /// The contents of signed tokens
    pub tokens: Tokens,
    /// The seeded users and their tokens, from `users.json`
    pub users: Json,
    folder: PathBuf,
}

impl Suite {
    /// Reads a suite from its folder, which contains `cases/`, `golden/`, `users.json`, the database dumps and, where
    /// the suite differs from the bookstore in headers or tokens, `suite.json`.
    ///
    /// # Errors
    /// If a file is missing or malformed.
    pub fn load(folder: &Path, name: &str) -> Result<Self, String> {
        let (mut headers, mut tokens) = (transcript::headers(), Tokens::bookstore());
        let config = folder.join("suite.json");
        if config.exists() {
            let config = read(&config)?;
            headers = config.list_at("headers")?.iter().map(Json::to_python_str).collect();
            tokens = Tokens::new(config.member("jwt")?)?;
        }
        let users = read(&folder.join("users.json"))?;
        Ok(Self { name: name.to_owned(), headers, tokens, users, folder: folder.to_owned() })
    }

    /// The suite `bookstore` of this repository.
    ///
    /// # Errors
    /// If a file is missing or malformed.
    pub fn bookstore() -> Result<Self, String> {
        Self::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance"), "bookstore")
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The SQL that creates the database of every scenario on an engine.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn dump(&self, engine: Engine) -> Result<String, String> {
        let suffix = match engine {
            Engine::Sqlite => "sql",
            Engine::Postgres => "postgres.sql",
            Engine::Mysql => "mysql.sql",
        };
        let file = self.folder.join(format!("{}.{suffix}", self.name));
        std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
    }
}

/// Reads a JSON file.
pub(super) fn read(path: &Path) -> Result<Json, String> {
    let in_file = |problem: String| format!("{}: {problem}", path.display());
    let text = std::fs::read(path).map_err(|error| in_file(error.to_string()))?;
    Json::parse(&text).map_err(in_file)
}
