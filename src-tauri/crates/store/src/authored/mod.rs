//! `authored.db`: what people write. No sync can open it for writing.
//!
//! A write is one transaction of three parts: the row as it is now, a revision with what it says, and an event that tells
//! who did it and when. One private function makes all three; history, undo and reads of the past rest on it.

mod clear;
mod event;
mod mapping;
mod meta;
mod page_rules;
mod person_alias;
mod person_hours;
mod person_mark;
mod revision;
mod seen;
mod service_alias;
mod service_owner;
mod setting;
mod snooze;

use rusqlite::Connection;

use crate::error::StoreError;
use crate::file::Database;
use crate::store::{Content, Store};

pub use event::EventRow;
pub use mapping::{MappingArea, MappingStep};
pub use page_rules::PageRulesRow;
pub use person_alias::{PersonAliases, PersonSubject};
pub use person_hours::PersonHoursRow;
pub use person_mark::PersonKind;
pub use revision::{By, RevisionRow};
pub use service_alias::ServiceAliasRow;
pub use service_owner::ServiceOwnerRow;
pub use snooze::SnoozeRow;

/// The migrations, oldest first.
pub(crate) const STEPS: &[&[&str]] = &[
    &[
        meta::TABLE,
        event::TABLE,
        revision::TABLE,
        person_alias::TABLE,
        service_alias::TABLE,
        setting::TABLE,
        snooze::TABLE,
        seen::TABLE,
    ],
    &[snooze::WORSE],
    &[person_mark::TABLE, person_hours::TABLE, service_owner::TABLE, page_rules::TABLE, mapping::TABLE],
];

/// The open `authored.db` of a workspace.
pub type Authored = Store<Written>;

/// What people write.
#[derive(Debug)]
pub enum Written {}

impl Content for Written {
    const DATABASE: Database = Database::Authored;
    type Facts = ();
    type Reader<'c> = Reader<'c>;
    type Writer<'c> = Writer<'c>;

    fn facts(_: &Connection) -> Result<Option<()>, StoreError> {
        Ok(Some(()))
    }

    fn first_facts(_: &Connection) -> Result<(), StoreError> {
        Ok(())
    }

    fn reader(connection: &Connection) -> Reader<'_> {
        Reader { connection }
    }

    fn writer<'c>(connection: &'c Connection, (): &()) -> Writer<'c> {
        Writer { reader: Reader { connection } }
    }
}

/// One consistent view of the database.
#[derive(Debug)]
pub struct Reader<'a> {
    connection: &'a Connection,
}

/// One transaction that writes. It can read whatever a [`Reader`] can, its own changes included.
#[derive(Debug)]
pub struct Writer<'a> {
    reader: Reader<'a>,
}

impl<'a> std::ops::Deref for Writer<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Self::Target {
        &self.reader
    }
}
