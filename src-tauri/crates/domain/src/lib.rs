//! The nouns of Fairlead: ids, time, and the records that connectors yield. No I/O lives here.

pub mod action_item;
pub mod alert;
pub mod change;
pub mod coverage;
pub mod escalation;
mod exact_time;
pub mod incident;
pub mod leave;
pub mod maintenance;
pub mod page;
pub mod person;
pub mod postmortem;
pub mod record;
mod record_text;
pub mod run;
pub mod schedule;
pub mod secret;
pub mod service;
pub mod silence;
pub mod slo;
pub mod source;
pub mod tag;
pub mod team;
pub mod terms;
pub mod text;
pub mod time;
pub mod word;
mod written_time;

pub use record::{Item, Record, RecordKind};
pub use record_text::TextUse;
pub use tag::DataTag;
pub use time::{Clock, Timestamp, Window};
