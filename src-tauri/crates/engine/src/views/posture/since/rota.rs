//! Changes of the rota of the next 14 days.

use super::super::answer::ChangeLine;
use super::super::facts::{Facts, RotaChange};
use crate::views::wording::{counted, day_in, span_in, swap};

pub(super) fn line(facts: &Facts) -> Option<ChangeLine> {
    let changes = facts.rota_changes.as_ref().ok().filter(|changes| !changes.is_empty())?;
    let zone = facts.timezone;
    let name =
        |change: &RotaChange| format!("{} {}", day_in(change.window.start, zone), swap(&change.before, &change.after));
    let row = |change: &RotaChange| {
        let when = span_in(change.window, zone);
        format!("{}, {when}: {}", change.schedule, swap(&change.before, &change.after))
    };
    let names: Vec<String> = changes.iter().map(name).collect();
    Some(ChangeLine {
        kind: "rota_changed".to_owned(),
        text: format!("{} in the next 14 days: {}", counted(changes.len(), "rota change"), super::few(&names)),
        link: Some("/oncall".to_owned()),
        rows: changes.iter().map(row).collect(),
    })
}
