//! The ordered migrations of both databases. A migration that has landed is never edited; a new one is appended.

use std::path::Path;

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::error::StoreError;
use crate::file::Database;
use crate::{authored, synced};

/// One step from a schema version to the next: the tables that it makes or alters, in order.
type Step = &'static [&'static str];

/// The steps of a database, oldest first. The schema version is how many have run.
const fn steps(database: Database) -> &'static [Step] {
    match database {
        Database::Synced => synced::STEPS,
        Database::Authored => authored::STEPS,
    }
}

/// The newest schema version.
pub(crate) fn newest(database: Database) -> i64 {
    i64::try_from(steps(database).len()).unwrap_or(i64::MAX)
}

/// Brings a database to the newest version, each step in a transaction of its own.
pub(crate) fn run(database: Database, path: &Path, connection: &mut Connection) -> Result<(), StoreError> {
    let texts: Vec<String> = steps(database).iter().map(|step| step.concat()).collect();
    let migrations = Migrations::new(texts.iter().map(|sql| M::up(sql)).collect());
    migrations.to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => StoreError::Sqlite(err).at(path),
        other => StoreError::Database { file: path.to_path_buf(), reason: other.to_string() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_migration_runs_on_an_empty_database() {
        for database in Database::ALL {
            let texts: Vec<String> = steps(database).iter().map(|step| step.concat()).collect();
            let migrations = Migrations::new(texts.iter().map(|sql| M::up(sql)).collect());
            migrations.validate().unwrap();
        }
    }

    /// The tables of a new database: name, whether it is strict, its columns.
    fn tables(database: Database) -> Vec<(String, bool, String)> {
        let mut connection = Connection::open_in_memory().unwrap();
        run(database, Path::new("new"), &mut connection).unwrap();
        let sql = "SELECT t.name, t.strict, (SELECT group_concat(c.name, ' ') FROM pragma_table_info(t.name) c)
            FROM pragma_table_list t WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn every_table_is_strict_and_no_fact_says_when_it_was_last_seen() {
        for database in Database::ALL {
            let tables = tables(database);
            assert!(tables.len() > 5);
            for (name, strict, columns) in tables {
                assert!(strict, "{name} is not strict");
                assert!(!columns.contains("last_seen"), "{name} would be written by every sync");
            }
        }
    }
}
