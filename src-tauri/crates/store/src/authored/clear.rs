//! An end to everything that was written, for a workspace that held nothing but the demo.

use super::Writer;
use crate::error::StoreError;

const KEPT: &str = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = 'event_is_kept'";

const CLEAR: &str = "
DROP TRIGGER event_is_kept;
DELETE FROM mapping_change;
DELETE FROM mapping_step;
DELETE FROM page_rules;
DELETE FROM person_mark;
DELETE FROM person_hours;
DELETE FROM service_owner;
DELETE FROM person_alias;
DELETE FROM service_alias;
DELETE FROM setting;
DELETE FROM snooze;
DELETE FROM seen;
DELETE FROM revision;
DELETE FROM event;
";

impl Writer<'_> {
    /// Removes every row that somebody wrote, with its revisions and events. Events are else kept for ever, so this is
    /// for a workspace of which nothing is to remain.
    ///
    /// # Errors
    /// Returns why the database could not be written; nothing is removed then.
    pub fn clear(&mut self) -> Result<(), StoreError> {
        let kept: String = self.connection.query_row(KEPT, [], |row| row.get("sql"))?;
        self.connection.execute_batch(CLEAR)?;
        Ok(self.connection.execute_batch(&kept)?)
    }
}
