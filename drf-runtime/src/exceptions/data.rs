//! Values that a database refuses to store.

use sea_orm::DbErr;
use sqlx::error::DatabaseError;

use super::contention::mysql_number;
use super::integrity::database_error;

/// A statement with a value that its column cannot hold. Django's `DataError`.
///
/// Values are compared with the declared types of their columns before they are sent. This is what the declaration does
/// not tell, or tells in a form of which drf knows nothing: enums, domains, unsigned decimals, the character set of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DataError {
    /// The column; MySQL alone reports it
    pub(crate) column: Option<String>,
}

impl DataError {
    /// Returns the error as one of a value; `None` if it is another.
    pub(crate) fn of(error: &DbErr) -> Option<Self> {
        let error = database_error(error)?;
        is_data_error(error).then(|| Self { column: column(error.message()) })
    }
}

fn is_data_error(error: &dyn DatabaseError) -> bool {
    if let Some(number) = mysql_number(error) {
        // out of range; truncated; incorrect date or time, or number; incorrect text of the character set; too long
        return matches!(number, 1264 | 1265 | 1292 | 1366 | 1406);
    }
    match error.code().as_deref() {
        // SQLite: too big, a mismatch with the key of a row, and with the type of a `STRICT` table
        Some("18" | "20" | "3091") => true,
        // PostgreSQL: a value that is too large for its index, and the class of data exceptions
        Some("54000") => true,
        Some(code) => code.len() == 5 && code.starts_with("22"),
        None => false,
    }
}

/// Returns the column that a message of MySQL names: "Out of range value for column 'price' at row 1", or "for column
/// `database`.`table`.`price`".
fn column(message: &str) -> Option<String> {
    let (_, named) = message.rsplit_once(" for column ")?;
    let (named, _) = named.rsplit_once(" at row ")?;
    let name = named.rsplit_once("`.`").map_or(named, |(_, name)| name);
    Some(name.trim_matches(['\'', '`']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::column;

    #[test]
    fn the_column_of_a_message() {
        for (message, expected) in [
            ("Out of range value for column 'price' at row 1", Some("price")),
            ("Incorrect string value: '\\xF0' for column `d`.`t`.`name` at row 3", Some("name")),
            ("Incorrect date value: ' for column 'x' at row 1' for column `t`.`day` at row 1", Some("day")),
            ("Truncated incorrect DOUBLE value: 'a'", None),
        ] {
            assert_eq!(column(message).as_deref(), expected, "{message}");
        }
    }
}
