//! The SLOs of a source: what Sloth, Pyrra, OpenSLO files and the configuration define.
//!
//! One query shows all that Sloth and Pyrra record. The rules, which alone tell how events are counted, are read once a
//! day and whenever the set of recorded SLOs has changed; what they said is remembered in between.

use std::collections::{BTreeMap, BTreeSet};

use fairlead_domain::Timestamp;
use fairlead_domain::slo::{Slo, SloOrigin, SloUpstream};
use fairlead_domain::time::DAY_MS;
use serde::{Deserialize, Serialize};

use super::api::{Api, Asked, Refusal};
use super::definition::{Definition, upstream_id};
use super::expr::Counts;
use super::ratio::Shortest;
use super::sloth::Seen;
use super::wire::{Labels, Sample};
use super::{pyrra, sloth};
use crate::ConnectorError;

/// After so many listings without it, an SLO that was recorded is taken as gone: a single absence may be a rule that
/// was late.
const ABSENCES: u32 = 3;

/// Bytes of one query for members of groups.
const MAX_MEMBER_QUERY: usize = 4_000;

/// Which systems to look for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Discover {
    /// Sloth.
    pub sloth: bool,
    /// Pyrra.
    pub pyrra: bool,
}

/// What is kept from one listing to the next.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Memory {
    /// When the rules were read, in seconds.
    rules_at: i64,
    /// Whether they could be read and held SLOs.
    rules_told: bool,
    /// The SLOs that were recorded then.
    recorded: BTreeSet<String>,
    sloth: BTreeMap<String, Pair>,
    pyrra: Vec<Definition>,
    faults: Vec<String>,
    /// How often in a row an SLO was not seen.
    absent: BTreeMap<String, u32>,
    /// When the server was asked for its retention, in seconds.
    #[serde(default)]
    pub terms_at: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Pair {
    good: String,
    total: String,
}

/// A listing.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// The SLOs.
    pub slos: Vec<Slo>,
    /// Their own figures.
    pub upstream: Vec<SloUpstream>,
    /// The shortest recorded window of each of Sloth's.
    pub shortest: Shortest,
    /// Whether rules could be read.
    pub rules_told: bool,
    /// Why the listing is not whole.
    pub warning: Option<String>,
    /// What could not be read, as sentences.
    pub faults: Vec<String>,
    /// To be kept for the next one.
    pub memory: Memory,
}

/// Lists what Sloth and Pyrra define at an instant. `known` are the SLOs that are stored.
pub(super) async fn list(
    api: &Api,
    discover: Discover,
    known: &[Slo],
    memory: Memory,
    at: Timestamp,
) -> Result<Listing, ConnectorError> {
    let queries = [(discover.sloth, sloth::INVENTORY), (discover.pyrra, pyrra::INVENTORY)];
    let query = queries.iter().filter(|(wanted, _)| *wanted).map(|(_, q)| *q).collect::<Vec<_>>().join(" or ");
    if query.is_empty() {
        return Ok(Listing { rules_told: true, ..Listing::default() });
    }
    let samples = match api.instant(&query, at.as_secs()).await? {
        Asked::Answered { rows, warning: None } => rows,
        Asked::Answered { warning, .. } => return Ok(Listing { warning, memory, ..Listing::default() }),
        Asked::Refused(refusal) => return Err(api.failed(refusal)),
    };
    let memory = remembered(api, discover, &samples, memory, at).await?;
    let mut listing =
        Listing { rules_told: memory.rules_told, faults: memory.faults.clone(), memory, ..Listing::default() };
    list_sloth(&mut listing, &samples, known, at);
    if discover.pyrra {
        list_pyrra(api, &mut listing, &samples, known, at).await?;
    }
    keep_absent(&mut listing, discover, known);
    Ok(listing)
}

/// The rules' say: remembered, or read anew when it is a day old or other SLOs are recorded.
async fn remembered(
    api: &Api,
    discover: Discover,
    samples: &[Sample],
    memory: Memory,
    at: Timestamp,
) -> Result<Memory, ConnectorError> {
    let recorded: BTreeSet<String> =
        samples.iter().filter_map(|s| s.label("sloth_id").or_else(|| s.label("slo"))).map(str::to_owned).collect();
    let age = at.since(Timestamp::from_secs(memory.rules_at));
    if (0..DAY_MS).contains(&age) && recorded == memory.recorded {
        return Ok(memory);
    }
    let mut fresh = Memory { rules_at: at.as_secs(), recorded, absent: memory.absent, ..Memory::default() };
    let Some(groups) = api.rules().await? else { return Ok(fresh) };
    if discover.sloth {
        let (counts, faults) = sloth::read_rules(&groups);
        let pair = |(id, c): (String, Counts)| (id, Pair { good: c.good, total: c.total });
        fresh.sloth = counts.into_iter().map(pair).collect();
        fresh.faults.extend(faults);
    }
    if discover.pyrra {
        let (definitions, faults) = pyrra::read_rules(&groups);
        fresh.pyrra = definitions;
        fresh.faults.extend(faults);
    }
    fresh.rules_told = groups.iter().any(|group| !group.rules.is_empty());
    Ok(fresh)
}

fn list_sloth(listing: &mut Listing, samples: &[Sample], known: &[Slo], at: Timestamp) {
    let counts: BTreeMap<String, Counts> = listing
        .memory
        .sloth
        .iter()
        .map(|(id, pair)| (id.clone(), Counts { good: pair.good.clone(), total: pair.total.clone() }))
        .collect();
    let (seen, faults) = sloth::read_inventory(samples, &counts);
    listing.faults.extend(faults);
    for Seen { definition, members, shortest } in seen {
        if let Some(window) = shortest {
            listing.shortest.insert(definition.id.clone(), window);
        }
        if members.is_empty() {
            listing.slos.extend(stored_members(&definition, known));
        }
        for (group, remaining) in members {
            let slo = definition.member(group);
            let figure = |value| SloUpstream { slo: slo.ext_id.clone(), at, budget_remaining: value };
            listing.upstream.extend(remaining.map(figure));
            listing.slos.push(slo);
        }
    }
}

/// Members of a definition whose series are silent now: those that are stored, else the SLO itself.
fn stored_members(definition: &Definition, known: &[Slo]) -> Vec<Slo> {
    let same = |slo: &&Slo| slo.origin == definition.origin && upstream_id(slo) == definition.id;
    let stored: Vec<Slo> = known.iter().filter(same).map(|slo| definition.member(slo.group.clone())).collect();
    if stored.is_empty() && definition.grouping.is_empty() {
        return vec![definition.member(Labels::new())];
    }
    stored
}

async fn list_pyrra(
    api: &Api,
    listing: &mut Listing,
    samples: &[Sample],
    known: &[Slo],
    at: Timestamp,
) -> Result<(), ConnectorError> {
    let mut definitions = listing.memory.pyrra.clone();
    let told: BTreeSet<String> = definitions.iter().map(|d| d.id.clone()).collect();
    definitions.extend(pyrra::read_series(samples).into_iter().filter(|d| !told.contains(&d.id)));
    let grouped: Vec<&Definition> = definitions.iter().filter(|d| !d.grouping.is_empty()).collect();
    let members = pyrra_members(api, &grouped, listing, at).await?;
    for definition in &definitions {
        let groups: BTreeSet<Labels> = members
            .iter()
            .filter(|row| row.label("slo") == Some(&definition.id))
            .map(|row| {
                let label = |key: &String| row.label(key).map(|value| (key.clone(), value.to_owned()));
                definition.grouping.iter().filter_map(label).collect()
            })
            .collect();
        if definition.grouping.is_empty() {
            listing.slos.push(definition.member(Labels::new()));
        } else if groups.is_empty() {
            listing.slos.extend(stored_members(definition, known));
        }
        listing.slos.extend(groups.into_iter().filter(|g| !g.is_empty()).map(|group| definition.member(group)));
        let remaining = pyrra::remaining(samples, definition.objective, &definition.id);
        let figure = |value| SloUpstream { slo: definition.id.clone(), at, budget_remaining: value };
        listing.upstream.extend(remaining.map(figure));
    }
    Ok(())
}

/// One row for each member of Pyrra's grouped SLOs.
async fn pyrra_members(
    api: &Api,
    grouped: &[&Definition],
    listing: &mut Listing,
    at: Timestamp,
) -> Result<Vec<Sample>, ConnectorError> {
    let mut queries: Vec<String> = Vec::new();
    for selector in grouped.iter().filter_map(|d| d.member_series.as_deref()) {
        match queries.last_mut() {
            Some(query) if query.len() + selector.len() < MAX_MEMBER_QUERY => {
                query.push_str(" or ");
                query.push_str(selector);
            }
            _ => queries.push(selector.to_owned()),
        }
    }
    let mut found = Vec::new();
    for query in queries {
        match api.instant(&query, at.as_secs()).await? {
            Asked::Answered { rows, warning: None } => found.extend(rows),
            Asked::Answered { warning, .. } => listing.warning = warning,
            Asked::Refused(Refusal { reason, .. }) => {
                listing.faults.push(format!("members of Pyrra's groups cannot be read, the server refuses: {reason}"));
            }
        }
    }
    Ok(found)
}

/// Stored SLOs that were not seen now: told again until they were absent [`ABSENCES`] times in a row, and always while
/// nothing at all is seen of their system.
fn keep_absent(listing: &mut Listing, discover: Discover, known: &[Slo]) {
    let seen: BTreeSet<String> = listing.slos.iter().map(|slo| slo.ext_id.clone()).collect();
    let alive: Vec<SloOrigin> = listing.slos.iter().map(|slo| slo.origin).collect();
    let before = std::mem::take(&mut listing.memory.absent);
    let read = |origin: SloOrigin| {
        (origin == SloOrigin::Sloth && discover.sloth) || (origin == SloOrigin::Pyrra && discover.pyrra)
    };
    let mut silent = BTreeSet::new();
    for slo in known.iter().filter(|slo| read(slo.origin) && !seen.contains(&slo.ext_id)) {
        if !alive.contains(&slo.origin) {
            silent.insert(slo.origin.word());
            listing.slos.push(slo.clone());
            continue;
        }
        let absences = before.get(&slo.ext_id).copied().unwrap_or(0) + 1;
        if absences < ABSENCES {
            listing.memory.absent.insert(slo.ext_id.clone(), absences);
            listing.slos.push(slo.clone());
        }
    }
    for origin in silent {
        listing.faults.push(format!("no SLO of {origin} is recorded at present: are its rules evaluated?"));
    }
}

#[cfg(test)]
mod tests {
    use fairlead_domain::slo::{BudgetMethod, SloWindow};

    use super::*;

    const BOTH: Discover = Discover { sloth: true, pyrra: true };

    fn slo(id: &str, origin: SloOrigin) -> Slo {
        Slo {
            ext_id: id.into(),
            name: id.into(),
            service: None,
            group: BTreeMap::new(),
            origin,
            objective: 0.99,
            window: SloWindow::Rolling { days: 30.0 },
            method: BudgetMethod::RatioMean,
            good_expr: None,
            total_expr: None,
            description: None,
            labels: BTreeMap::new(),
        }
    }

    fn after(seen: &[Slo], known: &[Slo], memory: Memory) -> Listing {
        let mut listing = Listing { slos: seen.to_vec(), memory, ..Listing::default() };
        keep_absent(&mut listing, BOTH, known);
        listing
    }

    #[test]
    fn a_single_absence_is_no_end() {
        let (a, b) = (slo("a", SloOrigin::Sloth), slo("b", SloOrigin::Sloth));
        let known = [a.clone(), b];
        let mut memory = Memory::default();
        for (round, left) in [(1, 2), (2, 2), (3, 1)] {
            let listing = after(std::slice::from_ref(&a), &known, memory);
            assert_eq!(listing.slos.len(), left, "in round {round}");
            memory = listing.memory;
        }
        let seen_again = after(&known, &known, memory);
        assert!(seen_again.memory.absent.is_empty(), "counting begins anew");
    }

    #[test]
    fn while_nothing_is_seen_nothing_is_gone() {
        let known = [slo("a", SloOrigin::Sloth), slo("p", SloOrigin::Plain)];
        let mut memory = Memory::default();
        for _ in 0..10 {
            let listing = after(&[], &known, memory);
            assert_eq!(listing.slos.len(), 1, "what the configuration defines is not its business");
            assert!(listing.faults[0].contains("sloth"));
            memory = listing.memory;
        }
    }
}
