//! Pages: what counts as one, under which rules, and what other rules would make of the same notifications.
//!
//! Nothing is stored of the outcome: it is worked out of the notifications at every read, so that it is always that of
//! the rules in force, also for the past.

mod answer;
mod gather;
#[cfg(test)]
mod tests;

use fairlead_domain::{RecordKind, Timestamp, Window};
use fairlead_metrics::oncall::PageRules;
use fairlead_store::StoreError;
use fairlead_store::authored::{PersonAliases, PersonKind};
use fairlead_store::synced::{PageRow, Reader};

pub use answer::{
    DroppedCount, PageEntry, PageList, PagePreview, PageTotals, ProposedPages, RulesInForce, ServiceChange,
    ServicePages,
};

use self::gather::{Gathered, Judged, gather};
use super::answer::Warning;
use super::freshness::{Freshness, Plan};
use super::unmapped::Tally;
use crate::EngineError;
use crate::config::{Config, Scope};
use crate::mapping::Mapping;
pub use crate::page_rules::PageRulesVersion;
use crate::page_rules::version;
use crate::workspace::Workspace;

/// Days that are told without a range.
const DAYS: i64 = 28;

/// The pages of a range under the rules in force; without a range, of the last 28 days.
///
/// # Errors
/// What the databases say.
pub async fn page_list(
    workspace: &Workspace,
    as_of: Timestamp,
    range: Option<Window>,
) -> Result<PageList, EngineError> {
    let read = read(workspace, as_of, range, &workspace.config.page).await?;
    let Read { mapping, gathered, warnings, rules } = read;
    let judged = gathered.judge(&mapping.config, &mapping.config.page);
    let scope = Scope::of(&mapping.config);
    let mut tally = Tally::new(&mapping.config, &mapping.aliases);
    let mut pages = Vec::new();
    for page in judged.found.counted.iter().filter(|page| gathered.window.contains(page.at)) {
        let first = page.notifications[0];
        let row = &gathered.rows[first];
        tally.service(&row.source, row.service.as_deref(), row.service_name.as_deref());
        tally.person(&row.source, row.person.as_ref());
        let key = row.person.as_ref().map(|p| mapping.aliases.resolve(&row.source, &p.identity, p.key));
        let alone = key.is_some_and(|key| mapping.aliases.mark(key) != Some(PersonKind::Shared));
        let person = row.person.as_ref().filter(|person| alone && scope.names_on_pages(person.email.as_deref()));
        pages.push(PageEntry {
            id: format!("{}/{}", row.source, row.ext_id),
            at: page.at,
            source: row.source.clone(),
            service: gathered.place(&mapping.config, first).0,
            incident: row.incident.as_ref().map(|incident| format!("{}/{incident}", row.source)),
            title: row.title.clone(),
            channels: page.notifications.iter().map(|place| gathered.rows[*place].channel.word().to_owned()).collect(),
            notifications: u32::try_from(page.notifications.len()).unwrap_or(u32::MAX),
            person: person.map(|person| person.name.clone()),
        });
    }
    let Window { start: from, end: to } = gathered.window;
    let (totals, unmapped) = (judged.all.totals(), tally.counts());
    Ok(PageList { as_of, warnings, from, to, rules, pages, totals, unmapped })
}

/// What the rules in force keep and drop in a range, and what `proposed` ones would.
///
/// # Errors
/// What the databases say.
pub async fn page_preview(
    workspace: &Workspace,
    as_of: Timestamp,
    range: Option<Window>,
    proposed: Option<&PageRules>,
) -> Result<PagePreview, EngineError> {
    // The longer merge of both decides how far back a page can have begun.
    let longest = [Some(&workspace.config.page), proposed].into_iter().flatten().max_by_key(|rules| rules.merge_secs);
    let read = read(workspace, as_of, range, longest.unwrap_or(&workspace.config.page)).await?;
    let Read { mapping, gathered, warnings, rules } = read;
    let now = gathered.judge(&mapping.config, &mapping.config.page);
    let mut tally = Tally::new(&mapping.config, &mapping.aliases);
    for place in (0..gathered.rows.len()).filter(|place| gathered.inside(*place)) {
        let row = &gathered.rows[place];
        tally.service(&row.source, row.service.as_deref(), row.service_name.as_deref());
        tally.person(&row.source, row.person.as_ref());
    }
    let services = now.places.iter().map(|((service, source), sums)| ServicePages {
        source: source.clone(),
        service: service.clone(),
        totals: sums.totals(),
    });
    Ok(PagePreview {
        as_of,
        warnings,
        from: gathered.window.start,
        to: gathered.window.end,
        rules,
        totals: now.all.totals(),
        services: services.collect(),
        proposed: proposed.map(|rules| difference(&gathered, &now, &gathered.judge(&mapping.config, rules), rules)),
        unmapped: tally.counts(),
    })
}

fn difference(gathered: &Gathered, now: &Judged, then: &Judged, rules: &PageRules) -> ProposedPages {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let newly = |from: &Judged, to: &Judged| {
        let news = |place: &usize| gathered.inside(*place) && !from.counts[*place] && to.counts[*place];
        count((0..gathered.rows.len()).filter(news).count())
    };
    let changed = now.places.iter().filter_map(|(place, before)| {
        let after = then.places.get(place).map_or(0, |sums| sums.pages);
        let (service, source) = place.clone();
        let (pages, proposed) = (count(before.pages), count(after));
        (before.pages != after).then_some(ServiceChange { source, service, pages, proposed })
    });
    let change = i64::from(count(then.all.pages)) - i64::from(count(now.all.pages));
    ProposedPages {
        rules: RulesInForce { version: version(rules), since: None, text: rules.canonical() },
        totals: then.all.totals(),
        pages_change: i32::try_from(change).unwrap_or(i32::MAX),
        newly_counted: newly(now, then),
        newly_dropped: newly(then, now),
        services: changed.collect(),
    }
}

/// The notifications sent in a window that count under the rules in force, oldest first.
pub(crate) fn counted(
    reader: &Reader<'_>,
    config: &Config,
    aliases: &PersonAliases,
    window: Window,
) -> Result<Vec<PageRow>, StoreError> {
    let gathered = gather(reader, config, aliases, window, config.page.merge_secs)?;
    let judged = gathered.judge(config, &config.page);
    let counts: Vec<bool> =
        (0..gathered.rows.len()).map(|place| judged.counts[place] && gathered.inside(place)).collect();
    Ok(gathered.rows.into_iter().zip(counts).filter(|(_, counts)| *counts).map(|(row, _)| row).collect())
}

/// The pages of a window under the rules in force, oldest first: when each was sent, and its first notification.
pub(crate) fn pages(
    reader: &Reader<'_>,
    config: &Config,
    aliases: &PersonAliases,
    window: Window,
) -> Result<Vec<(Timestamp, PageRow)>, StoreError> {
    let gathered = gather(reader, config, aliases, window, config.page.merge_secs)?;
    let found = gathered.judge(config, &config.page).found.counted;
    let inside = found.into_iter().filter(|page| window.contains(page.at));
    Ok(inside.map(|page| (page.at, gathered.rows[page.notifications[0]].clone())).collect())
}

/// What both answers rest on.
struct Read {
    mapping: Mapping,
    gathered: Gathered,
    warnings: Vec<Warning>,
    rules: RulesInForce,
}

async fn read(
    workspace: &Workspace,
    as_of: Timestamp,
    range: Option<Window>,
    longest: &PageRules,
) -> Result<Read, EngineError> {
    let range = range.unwrap_or_else(|| Window::new(as_of.plus_days(-DAYS), as_of.plus_millis(1)));
    let window = Window::new(range.start, range.end.min(as_of.plus_millis(1)).max(range.start));
    let (plan, merge_secs) = (workspace.plan(), longest.merge_secs);
    let mapping = Mapping::at(workspace, as_of).await?;
    let (mapping, gathered, warnings) = workspace
        .synced
        .read(move |reader| {
            let freshness = Freshness::read(reader, &plan, as_of)?;
            let gathered = gather(reader, &mapping.config, &mapping.aliases, window, merge_secs)?;
            let mut warnings = freshness.warnings();
            warnings.extend(not_covered(reader, &plan, &freshness, &gathered)?);
            Ok((mapping, gathered, warnings))
        })
        .await?;
    let rules = in_force(workspace).await?;
    Ok(Read { mapping, gathered, warnings, rules })
}

/// The rules of the configuration, and since when they are known to hold.
async fn in_force(workspace: &Workspace) -> Result<RulesInForce, EngineError> {
    let PageRulesVersion { version, since } = crate::page_rules::in_force(workspace).await?;
    Ok(RulesInForce { version, since, text: workspace.config.page.canonical() })
}

/// What was not read of the range: nothing is quiet there.
fn not_covered(
    reader: &Reader<'_>,
    plan: &Plan,
    freshness: &Freshness,
    gathered: &Gathered,
) -> Result<Vec<Warning>, StoreError> {
    let mut warnings = Vec::new();
    let mut watched = !gathered.rows.is_empty();
    for (name, streams) in &plan.streams {
        for stream in streams.iter().filter(|stream| stream.kinds.contains(&RecordKind::Page)) {
            watched = true;
            let read = match reader.sources()?.into_iter().find(|row| &row.name == name) {
                Some(row) => reader.coverage(row.id, stream.name)?,
                None => Vec::new(),
            };
            // What was sent since the last reading is what `stale` is about.
            let end = gathered.window.end.min(last_read(freshness, name));
            if !read.iter().any(|read| read.start <= gathered.window.start && end <= read.end) {
                let message =
                    format!("{name}: notifications were not read for all of the range; more may have been sent");
                warnings.push(Warning::of_source("not_covered", name, message));
            }
        }
    }
    if !watched {
        let message = "no source of notifications is connected: that there are no pages is not known";
        warnings.push(Warning::general("not_watched", message));
    }
    Ok(warnings)
}

fn last_read(freshness: &Freshness, source: &str) -> Timestamp {
    freshness.sources.get(source).and_then(|runs| runs.last_ok_at()).unwrap_or(Timestamp::EARLIEST)
}
