//! What has a number in the scenario, and how a vendor names and words it.

use fairlead_domain::incident::{IncidentStatus, TimelineKind};
use fairlead_domain::schedule::ShiftOrigin;

use super::case::What;
use super::turn::Why;

/// Kinds of things with a number. Numbers are unique within a kind alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Noun {
    /// [`super::person::Member`].
    Person,
    /// [`super::team::Squad`].
    Team,
    /// [`super::system::Component`].
    Service,
    /// [`super::rota::Rota`].
    Schedule,
    /// `Strand`.
    Rotation,
    /// [`super::policy::Ladder`].
    Policy,
    /// [`super::policy::Step`].
    Rule,
    /// [`super::case::Case`].
    Incident,
    /// [`super::case::Moment`].
    Entry,
    /// The message behind a moment that notified somebody; has the moment's number.
    Notification,
    /// [`super::rota::Cover`].
    Override,
    /// [`super::rota::Extra`].
    CustomShift,
    /// [`super::work::Work`].
    Maintenance,
    /// [`super::case::PRIORITIES`].
    Priority,
}

/// How one vendor names things and which words it has. What a right connector of this vendor must yield follows from it.
pub trait Vendor {
    /// The vendor's id.
    fn id(&self, noun: Noun, number: u32) -> String;
    /// The address of its page, where there is one.
    fn url(&self, noun: Noun, number: u32) -> Option<String>;
    /// The word for where an incident stands.
    fn status(&self, status: IncidentStatus) -> &'static str;
    /// How an entry is normalised, and the vendor's word for it.
    fn entry(&self, what: &What) -> (TimelineKind, &'static str);
    /// How the vendor's data shows why somebody is on a shift.
    fn origin(&self, why: Why) -> ShiftOrigin;
}
