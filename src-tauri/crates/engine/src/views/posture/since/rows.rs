//! Rows that came and went.

use std::collections::BTreeMap;

use super::super::answer::ChangeLine;
use super::super::compose::Judged;
use crate::views::wording::counted;

/// Kinds that compare with the last look already, or that have a line of their own.
const TOLD_ELSEWHERE: [&str; 2] = ["rota_changed", "blind"];

/// A kind that was not watched at one of the two looks is left out: its rows neither came nor went.
pub(super) fn lines(then: &Judged, now: &Judged) -> Vec<ChangeLine> {
    let unwatched: Vec<&str> = then.not_watched.iter().chain(&now.not_watched).map(|kind| kind.kind.as_str()).collect();
    let (then, now) = (titles(then, &unwatched), titles(now, &unwatched));
    let only = |these: &BTreeMap<&str, &str>, those: &BTreeMap<&str, &str>| -> Vec<String> {
        these.iter().filter(|(id, _)| !those.contains_key(*id)).map(|(_, title)| (*title).to_owned()).collect()
    };
    let line = |kind: &str, verb: &str, titles: Vec<String>| {
        (!titles.is_empty()).then(|| ChangeLine {
            kind: kind.to_owned(),
            text: format!("{} {verb}: {}", counted(titles.len(), "row"), super::few(&titles)),
            link: Some("/posture".to_owned()),
            rows: titles,
        })
    };
    let found = [line("rows_came", "came", only(&now, &then)), line("rows_went", "went", only(&then, &now))];
    found.into_iter().flatten().collect()
}

/// Titles by the rows' ids.
fn titles<'j>(judged: &'j Judged, unwatched: &[&str]) -> BTreeMap<&'j str, &'j str> {
    let left_out = |kind: &str| TOLD_ELSEWHERE.contains(&kind) || unwatched.contains(&kind);
    let told = judged.findings.iter().filter(|finding| !left_out(finding.row.kind));
    told.map(|finding| (finding.row.id.as_str(), finding.title.as_str())).collect()
}
