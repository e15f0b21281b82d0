//! Kinds that this version of Fairlead does not watch yet. They are listed as such, never counted as quiet.

use super::{Facts, Kind, Outcome};

macro_rules! unwatched {
    ($($name:ident = $word:literal, $reason:literal;)+) => {
        $(pub(super) const $name: Kind = Kind {
            name: $word,
            judge: |_: &Facts| Outcome::NotWatched($reason.to_owned()),
        };)+
    };
}

unwatched! {
    NOT_READY = "not_ready", "readiness for a first shift is not part of this version";
    HANDOVER_DUE = "handover_due", "handovers are not part of this version";
    HANDOVER_UNACKED = "handover_unacked", "handovers are not part of this version";
    NOISY_RULE = "noisy_rule", "reviews of alerts are not part of this version";
    RECURRENCE = "recurrence", "links between incidents are not part of this version";
    PROMISE_DUE = "promise_due", "promises are not part of this version";
}
