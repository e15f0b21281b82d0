//! Hours by counts: good and all events, or slices, of each hour.
//!
//! Questions are packed so that N SLOs cost at most ⌈N/5⌉ requests. An hour without a total is missing: the series was
//! not there. A total of 0 is quiet. Error counters are often created by the first error, so bad events that are absent
//! beside a total are 0; good events that are absent beside a total are 0, too, because none was counted.

use std::collections::BTreeMap;

use fairlead_domain::slo::{BudgetMethod, SliFigures, SliHour, Slo};

use super::api::{Api, Asked, Grid, Refusal};
use super::definition::{belongs, upstream_id};
use super::expr::{self, Numerator};
use super::hours::hour_before;
use super::ratio::{Hourly, PART, packed};
use super::wire::Series;
use crate::ConnectorError;

/// Bytes of one question once it is encoded; other fields of the form need a few hundred more.
const MAX_QUESTION: usize = 7_800;

/// By how much a part may exceed the whole before it is said: ranges are extrapolated for each series alone.
const TOLERANCE: f64 = 0.01;

/// SLOs that are counted by one pair of expressions: the members of a group, or one alone.
#[derive(Debug)]
struct Family<'a> {
    numerator: Numerator,
    total: &'a str,
    members: Vec<&'a Slo>,
}

impl Family<'_> {
    /// The two questions, marked by the family's number.
    fn question(&self, number: usize) -> String {
        let (mark, part) = match &self.numerator {
            Numerator::Bad(bad) => ("b", bad),
            Numerator::Good(good) => ("g", good),
        };
        packed(&[(&format!("{number}{mark}"), part.clone()), (&format!("{number}t"), self.total.to_owned())])
    }

    fn name(&self) -> &str {
        self.members.first().map_or("", |slo| upstream_id(slo))
    }
}

/// Whether an SLO is counted here.
pub(super) const fn is_counted(slo: &Slo) -> bool {
    slo.good_expr.is_some() && slo.total_expr.is_some()
}

fn families(slos: &[Slo]) -> Vec<Family<'_>> {
    let mut by_pair: BTreeMap<(&str, &str, &str), Vec<&Slo>> = BTreeMap::new();
    for slo in slos {
        if let (Some(good), Some(total)) = (&slo.good_expr, &slo.total_expr) {
            by_pair.entry((upstream_id(slo), good, total)).or_default().push(slo);
        }
    }
    let family = |((_, good, total), members)| Family { numerator: expr::numerator(good, total), total, members };
    by_pair.into_iter().map(family).collect()
}

/// Reads the hours of every SLO that has expressions.
pub(super) async fn read(api: &Api, slos: &[Slo], grid: Grid) -> Result<Hourly, ConnectorError> {
    let families = families(slos);
    let mut found = Hourly::default();
    for pack in packs(&families) {
        match ask(api, &pack, grid).await? {
            Asked::Refused(_) if pack.len() > 1 => {
                for family in pack {
                    let answer = ask(api, &[family], grid).await?;
                    take(&mut found, &[family], answer);
                }
            }
            answer => take(&mut found, &pack, answer),
        }
        if found.warning.is_some() {
            found.hours.clear();
            break;
        }
    }
    Ok(found)
}

/// How many requests an answer for these SLOs takes.
#[cfg(test)]
pub(super) fn request_count(slos: &[Slo]) -> usize {
    packs(&families(slos)).len()
}

fn packs<'f, 'a>(families: &'f [Family<'a>]) -> Vec<Vec<&'f Family<'a>>> {
    let mut packs: Vec<Vec<&Family<'_>>> = Vec::new();
    let mut room = 0;
    for family in families {
        let size = encoded_length(&family.question(999)) + 8;
        match packs.last_mut() {
            Some(pack) if size <= room => pack.push(family),
            _ => {
                packs.push(vec![family]);
                room = MAX_QUESTION;
            }
        }
        room = room.saturating_sub(size);
    }
    packs
}

/// Length of a text in an encoded form.
fn encoded_length(text: &str) -> usize {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-' | b'_' | b'.' | b'*');
    text.bytes().map(|byte| if plain(byte) { 1 } else { 3 }).sum()
}

async fn ask(api: &Api, pack: &[&Family<'_>], grid: Grid) -> Result<Asked<Series>, ConnectorError> {
    let questions: Vec<String> = pack.iter().enumerate().map(|(number, family)| family.question(number)).collect();
    api.range(&questions.join(" or "), grid).await
}

fn take(found: &mut Hourly, pack: &[&Family<'_>], answer: Asked<Series>) {
    match answer {
        Asked::Answered { warning: Some(warning), .. } => found.warning = Some(warning),
        Asked::Answered { rows, .. } => {
            for (number, family) in pack.iter().enumerate() {
                family_hours(found, number, family, &rows);
            }
        }
        Asked::Refused(Refusal { reason, .. }) => {
            let names: Vec<&str> = pack.iter().map(|family| family.name()).collect();
            found
                .faults
                .push(format!("events of {} cannot be counted, the server refuses: {reason}", names.join(", ")));
        }
    }
}

fn family_hours(found: &mut Hourly, number: usize, family: &Family<'_>, rows: &[Series]) {
    let part = match family.numerator {
        Numerator::Bad(_) => format!("{number}b"),
        Numerator::Good(_) => format!("{number}g"),
    };
    let whole = format!("{number}t");
    for slo in &family.members {
        let of = |mark: &str| -> Vec<&Series> {
            rows.iter()
                .filter(|row| row.metric.get(PART).is_some_and(|p| p == mark) && belongs(slo, &row.metric))
                .collect()
        };
        let (parts, totals) = (of(&part), of(&whole));
        if parts.len() > 1 || totals.len() > 1 {
            let several = parts.len().max(totals.len());
            found.faults.push(format!(
                "events of {} cannot be counted: its expressions give {several} series where one is due, put sum() around them",
                slo.ext_id
            ));
            continue;
        }
        let parts = values(parts.first());
        let mut excess = false;
        for (at, total) in values(totals.first()) {
            let counted = count(&family.numerator, parts.get(&at).copied(), total);
            let Some((good, over)) = counted else { continue };
            excess |= over;
            let figures = figures(slo.method, good, total.max(0.0));
            found.hours.push(SliHour { slo: slo.ext_id.clone(), hour: hour_before(at), figures });
        }
        if excess {
            found.faults.push(format!(
                "{} counted more in a part than in the whole: its expressions do not fit, the part was cut",
                slo.ext_id
            ));
        }
    }
}

fn values(row: Option<&&Series>) -> BTreeMap<i64, f64> {
    row.into_iter().flat_map(|row| row.values.iter().map(|point| (point.secs(), point.number()))).collect()
}

/// Good events, and whether the part exceeded the whole; `None` when the hour is missing.
fn count(numerator: &Numerator, part: Option<f64>, total: f64) -> Option<(f64, bool)> {
    if !total.is_finite() {
        return None;
    }
    let total = total.max(0.0);
    let part = match part {
        None => 0.0,
        Some(part) if part.is_finite() => part.max(0.0),
        Some(_) if total == 0.0 => 0.0,
        Some(_) => return None,
    };
    let over = part > total * (1.0 + TOLERANCE) + 1.0;
    let part = part.min(total);
    Some((if matches!(numerator, Numerator::Bad(_)) { total - part } else { part }, over))
}

fn figures(method: BudgetMethod, good: f64, total: f64) -> SliFigures {
    let none = SliFigures::default();
    match method {
        BudgetMethod::Timeslices => SliFigures { slices_good: Some(good), slices: Some(total), ..none },
        BudgetMethod::RatioMean => SliFigures { ratio_sum: Some(total - good), ratio_count: Some(total), ..none },
        BudgetMethod::Occurrences | BudgetMethod::Upstream => {
            SliFigures { good: Some(good), total: Some(total), ..none }
        }
    }
}

#[cfg(test)]
#[path = "counts_tests.rs"]
mod tests;
