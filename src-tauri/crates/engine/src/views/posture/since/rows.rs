//! Rows that came and went.

use std::collections::BTreeMap;

use super::super::answer::ChangeLine;
use super::super::kinds::Finding;
use crate::views::wording::counted;

/// Kinds that compare with the last look already, or that have a line of their own.
const TOLD_ELSEWHERE: [&str; 2] = ["rota_changed", "blind"];

pub(super) fn lines(then: &[Finding], now: &[Finding]) -> Vec<ChangeLine> {
    let (then, now) = (titles(then), titles(now));
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
fn titles(findings: &[Finding]) -> BTreeMap<&str, &str> {
    let told = findings.iter().filter(|finding| !TOLD_ELSEWHERE.contains(&finding.row.kind));
    told.map(|finding| (finding.row.id.as_str(), finding.title.as_str())).collect()
}
