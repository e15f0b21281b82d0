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
    PAGE_UNACKED = "page_unacked", "no source of pages is connected";
    NOT_READY = "not_ready", "readiness is not recorded";
    ROTA_CHANGED = "rota_changed", "what coming shifts were before is not recorded";
    HANDOVER_DUE = "handover_due", "handovers are not written here";
    HANDOVER_UNACKED = "handover_unacked", "handovers are not written here";
    SILENCE_ENDS = "silence_ends", "no source of silences is connected";
    WOKEN = "woken", "no source of pages is connected";
    HOT_CHANGE = "hot_change", "no source of changes is connected";
    SILENCE_BAD = "silence_bad", "no source of silences is connected";
    NOISY_RULE = "noisy_rule", "alerts are not reviewed here";
    RECURRENCE = "recurrence", "links between incidents are not recorded";
    ACTION_OVERDUE = "action_overdue", "no source of action items is connected";
    REVIEW_MISSING = "review_missing", "no source of postmortems is connected";
    ROTA_THIN = "rota_thin", "the rota's load is not judged";
    PROMISE_DUE = "promise_due", "promises are not recorded";
    UNMAPPED = "unmapped", "mapping is shown by `people` and `services`";
    FORGETTING = "forgetting", "retention and expiry are not judged";
}
