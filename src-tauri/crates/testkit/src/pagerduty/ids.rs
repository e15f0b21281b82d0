//! PagerDuty's ids and words for what the scenario holds.

use fairlead_domain::incident::{IncidentStatus, TimelineKind};
use fairlead_domain::schedule::ShiftOrigin;

use crate::scenario::case::What;
use crate::scenario::noun::{Noun, Vendor};
use crate::scenario::turn::Why;

/// The vendor. Ids are unique within an endpoint alone: a schedule and a service of the same number share theirs.
#[derive(Debug, Clone, Copy, Default)]
pub struct PagerDuty;

const DIGITS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Spreads numbers over the ids; without a factor in common with 36.
const SPREAD: u128 = 1_000_003;

/// First letter, further digits, and where the numbers begin.
const fn shape(noun: Noun) -> (char, u32, u128) {
    match noun {
        Noun::Service | Noun::Schedule => ('P', 6, 77_777),
        Noun::Person => ('P', 6, 100_100_100),
        Noun::Team => ('P', 6, 211_000_000),
        Noun::Rotation => ('P', 6, 322_000_000),
        Noun::Policy => ('P', 6, 433_000_000),
        Noun::Rule => ('P', 6, 544_000_000),
        Noun::Maintenance => ('P', 6, 655_000_000),
        Noun::Priority => ('P', 6, 766_000_000),
        Noun::Incident => ('Q', 12, 1_234_567_890_123),
        Noun::Entry => ('R', 12, 9_876_543_210_987),
        Noun::Notification => ('N', 12, 5_555_555_555_555),
        Noun::Override => ('Q', 12, 3_210_000_000_000),
        Noun::CustomShift => ('S', 12, 4_320_000_000_000),
    }
}

impl PagerDuty {
    /// The number behind an id; `None` when it is no id of this kind.
    #[must_use]
    pub fn number(noun: Noun, id: &str) -> Option<u32> {
        let (letter, digits, start) = shape(noun);
        let modulus = 36_u128.pow(digits);
        let rest = id.strip_prefix(letter).filter(|rest| rest.len() == digits as usize)?;
        let value = rest.bytes().try_fold(0_u128, |sum, byte| {
            DIGITS.iter().position(|digit| *digit == byte).map(|digit| sum * 36 + digit as u128)
        })?;
        let spread = (value + modulus - start % modulus) % modulus;
        u32::try_from(spread * inverse(modulus)? % modulus).ok()
    }

    /// The address of the page of an id.
    pub(super) fn page(noun: Noun, id: &str) -> Option<String> {
        let folder = match noun {
            Noun::Person => "users",
            Noun::Team => "teams",
            Noun::Service => "service-directory",
            Noun::Schedule => "schedules",
            Noun::Policy => "escalation_policies",
            Noun::Incident => "incidents",
            Noun::Maintenance => "maintenance-windows",
            _ => return None,
        };
        Some(format!("https://harbor.pagerduty.example/{folder}/{id}"))
    }
}

/// What undoes the spread.
fn inverse(modulus: u128) -> Option<u128> {
    let (mut old, mut new) = ((i128::try_from(modulus).ok()?, 0_i128), (i128::try_from(SPREAD).ok()?, 1_i128));
    while new.0 != 0 {
        let times = old.0 / new.0;
        (old, new) = (new, (old.0 - times * new.0, old.1 - times * new.1));
    }
    u128::try_from(old.1.rem_euclid(i128::try_from(modulus).ok()?)).ok()
}

impl Vendor for PagerDuty {
    fn id(&self, noun: Noun, number: u32) -> String {
        let (letter, digits, start) = shape(noun);
        let mut value = u64::try_from((u128::from(number) * SPREAD + start) % 36_u128.pow(digits)).unwrap_or(0);
        let mut text = vec![b'0'; digits as usize];
        for place in text.iter_mut().rev() {
            *place = DIGITS.get(usize::try_from(value % 36).unwrap_or(0)).copied().unwrap_or(b'0');
            value /= 36;
        }
        std::iter::once(letter).chain(text.into_iter().map(char::from)).collect()
    }

    fn url(&self, noun: Noun, number: u32) -> Option<String> {
        Self::page(noun, &self.id(noun, number))
    }

    fn status(&self, status: IncidentStatus) -> &'static str {
        match status {
            IncidentStatus::Open | IncidentStatus::Mitigated => "triggered",
            IncidentStatus::Acked => "acknowledged",
            _ => "resolved",
        }
    }

    fn entry(&self, what: &What) -> (TimelineKind, &'static str) {
        match what {
            What::Trigger => (TimelineKind::Trigger, "trigger_log_entry"),
            What::Assign(_) => (TimelineKind::Assign, "assign_log_entry"),
            What::Escalate(_) => (TimelineKind::Escalate, "escalate_log_entry"),
            What::Exhaust => (TimelineKind::Escalate, "exhaust_escalation_path_log_entry"),
            What::Notify { .. } => (TimelineKind::Notify, "notify_log_entry"),
            What::Ack => (TimelineKind::Ack, "acknowledge_log_entry"),
            What::Unack => (TimelineKind::Unack, "unacknowledge_log_entry"),
            What::Snooze(_) => (TimelineKind::Snooze, "snooze_log_entry"),
            What::Note(_) => (TimelineKind::Note, "annotate_log_entry"),
            What::Urgency(_) => (TimelineKind::Field, "urgency_change_log_entry"),
            What::Priority(_) => (TimelineKind::Field, "field_value_change_log_entry"),
            What::Resolve => (TimelineKind::Resolve, "resolve_log_entry"),
        }
    }

    fn origin(&self, why: Why) -> ShiftOrigin {
        match why {
            Why::Rotation => ShiftOrigin::Rotation,
            // A swap is two overrides to the vendor.
            Why::Override(_) | Why::Swap(_) => ShiftOrigin::Override,
            Why::Custom(_) => ShiftOrigin::Custom,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_back_to_its_number() {
        for noun in [Noun::Person, Noun::Incident, Noun::Entry, Noun::Rule] {
            for number in [0, 1, 77, 19_999, 2_000_000] {
                let id = PagerDuty.id(noun, number);
                assert_eq!(PagerDuty::number(noun, &id), Some(number), "{noun:?} {id}");
            }
        }
        assert_eq!(PagerDuty::number(Noun::Person, "me"), None);
        assert_eq!(PagerDuty.id(Noun::Schedule, 2), PagerDuty.id(Noun::Service, 2), "unique per endpoint only");
    }
}
