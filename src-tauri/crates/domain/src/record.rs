//! What connectors may yield. One upsert policy in the store serves every kind.

use serde::{Deserialize, Serialize};

use crate::action_item::ActionItem;
use crate::alert::Alert;
use crate::change::Change;
use crate::escalation::EscalationPolicy;
use crate::incident::{Incident, TimelineEvent};
use crate::leave::{Holiday, Leave};
use crate::maintenance::Maintenance;
use crate::page::Page;
use crate::person::Person;
use crate::postmortem::Postmortem;
use crate::schedule::{Rotation, Schedule, Shift};
use crate::service::Service;
use crate::silence::Silence;
use crate::slo::{SliHour, Slo, SloUpstream};
use crate::tag::DataTag;
use crate::team::Team;
use crate::terms::Terms;
use crate::time::Window;
use crate::words;

macro_rules! records {
    ($($(#[$meta:meta])* $variant:ident = $word:literal, $tag:ident;)+) => {
        /// One normalised fact of a source.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum Record { $($(#[$meta])* $variant($variant)),+ }

        words! {
            /// The kinds of [`Record`].
            RecordKind { $($(#[$meta])* $variant = $word),+ }
        }

        impl Record {
            /// Which kind this is.
            #[must_use]
            pub const fn kind(&self) -> RecordKind {
                match self { $(Self::$variant(_) => RecordKind::$variant),+ }
            }
        }

        impl RecordKind {
            /// What a reader must reload when rows of this kind change.
            #[must_use]
            pub const fn tag(self) -> DataTag {
                match self { $(Self::$variant => DataTag::$tag),+ }
            }
        }

        $(impl From<$variant> for Record {
            fn from(value: $variant) -> Self { Self::$variant(value) }
        })+
    };
}

records! {
    /// A person.
    Person = "person", People;
    /// A team.
    Team = "team", People;
    /// A service.
    Service = "service", Services;
    /// A schedule.
    Schedule = "schedule", OnCall;
    /// A rotation.
    Rotation = "rotation", OnCall;
    /// An escalation policy.
    EscalationPolicy = "escalation_policy", OnCall;
    /// A shift.
    Shift = "shift", OnCall;
    /// An incident.
    Incident = "incident", Incidents;
    /// An entry of a timeline.
    TimelineEvent = "timeline_event", Incidents;
    /// A page.
    Page = "page", Incidents;
    /// An alert.
    Alert = "alert", Alerts;
    /// A silence.
    Silence = "silence", Alerts;
    /// A change.
    Change = "change", Changes;
    /// Leave.
    Leave = "leave", OnCall;
    /// A holiday.
    Holiday = "holiday", OnCall;
    /// Maintenance or a freeze.
    Maintenance = "maintenance", Changes;
    /// A postmortem.
    Postmortem = "postmortem", Incidents;
    /// An action item.
    ActionItem = "action_item", Actions;
    /// An SLO's definition.
    Slo = "slo", Slos;
    /// An hour of an SLO.
    SliHour = "sli_hour", Slos;
    /// The upstream's own figure for an SLO.
    SloUpstream = "slo_upstream", Slos;
    /// What is stated about the source itself.
    Terms = "terms", Sources;
}

impl Record {
    /// The key within the source and kind that makes two records the same fact.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Person(r) => r.ext_id.clone(),
            Self::Team(r) => r.ext_id.clone(),
            Self::Service(r) => r.ext_id.clone(),
            Self::Schedule(r) => r.ext_id.clone(),
            Self::Rotation(r) => r.ext_id.clone(),
            Self::EscalationPolicy(r) => r.ext_id.clone(),
            Self::Shift(r) => r.ext_key.clone(),
            Self::Incident(r) => r.ext_id.clone(),
            Self::TimelineEvent(r) => r.ext_id.clone(),
            Self::Page(r) => r.ext_id.clone(),
            Self::Alert(r) => format!("{}@{}", r.fingerprint, r.start.as_millis()),
            Self::Silence(r) => r.ext_id.clone(),
            Self::Change(r) => r.ext_id.clone(),
            Self::Leave(r) => r.ext_key.clone(),
            Self::Holiday(r) => r.ext_key.clone(),
            Self::Maintenance(r) => r.ext_key.clone(),
            Self::Postmortem(r) => r.ext_id.clone(),
            Self::ActionItem(r) => r.ext_id.clone(),
            Self::Slo(r) => r.ext_id.clone(),
            Self::SliHour(r) => format!("{}@{}", r.slo, r.hour.as_secs()),
            Self::SloUpstream(r) => r.slo.clone(),
            Self::Terms(r) => r.stated_by.word().to_owned(),
        }
    }
}

/// A record together with the upstream document it was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The normalised fact.
    pub record: Record,
    /// The upstream's document **after** its field allow-list, kept compressed so that a better mapper can be replayed.
    /// `None` where the record itself holds all there was.
    pub raw: Option<serde_json::Value>,
}

impl<R: Into<Record>> From<R> for Item {
    fn from(record: R) -> Self {
        Self { record: record.into(), raw: None }
    }
}

/// A statement of completeness: within `window`, the records of `kind` under `parent` that this walk yielded are all
/// that the upstream has. What is stored there and was not yielded has vanished upstream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplaceSet {
    /// Which kind.
    pub kind: RecordKind,
    /// The schedule's id for shifts; empty for kinds without a parent.
    pub parent: String,
    /// For which time. Rows that reach into the window belong to it.
    pub window: Window,
}
