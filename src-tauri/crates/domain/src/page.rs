//! Pages: a person was notified.

use serde::{Deserialize, Serialize};

use crate::person::PersonRef;
use crate::time::Timestamp;
use crate::words;

words! {
    /// How a person was reached. The address itself is never stored.
    PageChannel {
        /// The pager's app.
        Push = "push",
        /// Text message.
        Sms = "sms",
        /// Telephone call.
        Voice = "voice",
        /// E-mail.
        Email = "email",
        /// Chat.
        Chat = "chat",
        /// The source does not say.
        Unknown = "unknown",
    }
}

/// One notification of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// The source's id.
    pub ext_id: String,
    /// Who; `None` where the team's `people` setting withholds it.
    pub person: Option<PersonRef>,
    /// Tells apart who was notified where `person` is withheld: equal within an hour and a reading for the same person,
    /// and nothing else can be learned from it. Connectors leave it `None`.
    #[serde(default)]
    pub party: Option<i64>,
    /// The incident's id in the source.
    pub incident: Option<String>,
    /// When it was sent.
    #[serde(with = "crate::time::exact")]
    pub sent_at: Timestamp,
    /// How.
    pub channel: PageChannel,
    /// The source's word for what became of it.
    pub status: Option<String>,
    /// When the person answered.
    #[serde(default, with = "crate::time::exact_opt")]
    pub answered_at: Option<Timestamp>,
    /// The service's id or name in the source.
    pub service: Option<String>,
}
