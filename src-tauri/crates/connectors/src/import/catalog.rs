//! Services out of a catalogue: Backstage's `catalog-info.yaml`, or CSV. What is wrong is named by its line, and the rest
//! is read.

use std::collections::BTreeMap;

use fairlead_domain::text::clean_line;
use serde::Deserialize;
use serde_json::Value;
use serde_saphyr::Spanned;

use crate::yaml::documents;

/// Largest catalogue that is read, in bytes.
const MAX_BYTES: usize = 8 << 20;

/// A service of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogService {
    /// Where it stands in the file, from 1.
    pub line: usize,
    /// Its name.
    pub name: String,
    /// The owning team.
    pub team: Option<String>,
    /// 1 (most important) to 4.
    pub tier: Option<u8>,
    /// How far it is in its life, for example `production`.
    pub lifecycle: Option<String>,
    /// What it is called elsewhere.
    pub also: Vec<CatalogAlias>,
}

/// What a service is called elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CatalogAlias {
    /// `source:id`, by the name of a configured source.
    Source(String, String),
    /// The id in every source of this kind.
    Kind(&'static str, String),
}

/// Something in a catalogue that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogFault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what to write.
    pub message: String,
}

/// What a catalogue holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalog {
    /// Its services, in the order of the file.
    pub services: Vec<CatalogService>,
    /// What could not be read.
    pub faults: Vec<CatalogFault>,
    /// Entities of other kinds, which are left out.
    pub others: usize,
}

impl Catalog {
    /// Reads a catalogue; `yaml` says how it is written.
    #[must_use]
    pub fn read(text: &str, yaml: bool) -> Self {
        let mut catalog = Self::default();
        if text.len() > MAX_BYTES {
            catalog.fault(1, format!("the file is larger than {} MiB", MAX_BYTES >> 20));
        } else if yaml {
            documents(text).into_iter().for_each(|(line, document)| catalog.entity(line, &document));
        } else {
            catalog.csv(text);
        }
        catalog.twice();
        catalog
    }

    fn fault(&mut self, line: usize, message: impl Into<String>) {
        self.faults.push(CatalogFault { line, message: message.into() });
    }

    /// Of a service that stands there twice the first counts.
    fn twice(&mut self) {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut again = Vec::new();
        self.services.retain(|service| match seen.get(&service.name) {
            Some(first) => {
                again.push((service.line, format!("{} stands in line {first} already", service.name)));
                false
            }
            None => {
                seen.insert(service.name.clone(), service.line);
                true
            }
        });
        again.into_iter().for_each(|(line, message)| self.fault(line, message));
        self.faults.sort_by_key(|fault| fault.line);
    }

    /// One document of Backstage; `line` is where it begins.
    fn entity(&mut self, line: usize, text: &str) {
        let entity: Entity = match serde_saphyr::from_str(text) {
            Ok(entity) => entity,
            Err(reason) => {
                let place = reason.location().map_or(line, |at| line + row(at.line()));
                let said = reason.without_snippet().to_string();
                return self.fault(place, clean_line(said.lines().next().unwrap_or_default()));
            }
        };
        if entity.kind.as_deref() != Some("Component") {
            self.others += 1;
            return;
        }
        let Some(name) = entity.metadata.name else {
            return self.fault(line, "this Component has no metadata.name");
        };
        let at = line + row(name.defined.line());
        let name = clean_line(&name.value);
        if name.is_empty() {
            return self.fault(at, "metadata.name is empty");
        }
        let all = entity.metadata.annotations.unwrap_or_default();
        let labels = entity.metadata.labels.unwrap_or_default();
        let mut tier = None;
        for (key, value) in labels.iter().chain(&all).filter(|(key, _)| is_tier(key)) {
            match tier_of(&plain(&value.value)) {
                Some(found) => tier = tier.or(Some(found)),
                None => {
                    let place = line + row(value.defined.line());
                    self.fault(place, format!("{key}: {:?} is no tier, 1 to 4", clean_line(&plain(&value.value))));
                }
            }
        }
        let also = all.iter().filter_map(|(key, value)| {
            let (_, kind) = ANNOTATIONS.iter().find(|(known, _)| known == key)?;
            let id = clean_line(&plain(&value.value));
            (!id.is_empty()).then_some(CatalogAlias::Kind(kind, id))
        });
        let mut also: Vec<CatalogAlias> = also.collect();
        also.sort();
        let spec = entity.spec.unwrap_or_default();
        self.services.push(CatalogService {
            line: at,
            name,
            team: spec.owner.as_deref().and_then(owner),
            tier,
            lifecycle: spec.lifecycle.as_deref().map(clean_line).filter(|word| !word.is_empty()),
            also,
        });
    }

    /// Rows with the columns `service`, `team`, `tier`, `lifecycle`, `also`.
    fn csv(&mut self, text: &str) {
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let headers: Vec<String> = match reader.headers() {
            Ok(headers) => headers.iter().map(|h| h.trim_start_matches('\u{feff}').to_lowercase()).collect(),
            Err(reason) => return self.fault(1, format!("the file cannot be read: {reason}")),
        };
        let place = |names: &[&str]| headers.iter().position(|header| names.contains(&header.as_str()));
        let Some(name) = place(&["service", "name"]) else {
            return self
                .fault(1, format!("there is no column \"service\" (found: {})", clean_line(&headers.join(", "))));
        };
        let (team, tier) = (place(&["team", "owner"]), place(&["tier"]));
        let (lifecycle, also) = (place(&["lifecycle"]), place(&["also", "aliases"]));
        for record in reader.into_records() {
            let record = match record {
                Ok(record) => record,
                Err(reason) => {
                    let line = reason.position().map_or(1, |at| row(at.line()) + 1);
                    self.fault(line, format!("the row cannot be read: {reason}"));
                    continue;
                }
            };
            let line = record.position().map_or(1, |at| row(at.line()) + 1);
            let value = |column: Option<usize>| {
                column.and_then(|column| record.get(column)).map(clean_line).filter(|text| !text.is_empty())
            };
            let Some(name) = value(Some(name)) else {
                self.fault(line, "the service has no name");
                continue;
            };
            let said_tier = value(tier);
            let tier = said_tier.as_deref().and_then(tier_of);
            if let Some(word) = said_tier.filter(|_| tier.is_none()) {
                self.fault(line, format!("{word:?} is no tier, 1 to 4"));
                continue;
            }
            let mut aliases = Vec::new();
            let mut sound = true;
            for part in value(also).unwrap_or_default().split([';', '|']).map(str::trim).filter(|part| !part.is_empty())
            {
                match part.split_once(':') {
                    Some((source, id)) if !source.trim().is_empty() && !id.trim().is_empty() => {
                        aliases.push(CatalogAlias::Source(source.trim().to_owned(), id.trim().to_owned()));
                    }
                    _ => {
                        self.fault(line, format!("{part:?} names no source: write source:id"));
                        sound = false;
                    }
                }
            }
            if sound {
                let (team, lifecycle) = (value(team), value(lifecycle));
                self.services.push(CatalogService { line, name, team, tier, lifecycle, also: aliases });
            }
        }
    }
}

/// Annotations that say what a component is called elsewhere. Keys that are secrets, such as integration keys, are not
/// among them.
const ANNOTATIONS: &[(&str, &str)] = &[
    ("pagerduty.com/service-id", "pagerduty"),
    ("github.com/project-slug", "github"),
    ("opsgenie.com/service-id", "opsgenie"),
    ("rootly.com/service-id", "rootly"),
    ("goalert.me/service-id", "goalert"),
];

#[derive(Debug, Deserialize)]
struct Entity {
    kind: Option<String>,
    #[serde(default)]
    metadata: Metadata,
    spec: Option<Spec>,
}

#[derive(Debug, Default, Deserialize)]
struct Metadata {
    name: Option<Spanned<String>>,
    annotations: Option<BTreeMap<String, Spanned<Value>>>,
    labels: Option<BTreeMap<String, Spanned<Value>>>,
}

#[derive(Debug, Default, Deserialize)]
struct Spec {
    owner: Option<String>,
    lifecycle: Option<String>,
}

/// A line of a document as what is added to the line at which the document begins.
fn row(line: u64) -> usize {
    usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX)
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// `tier`, `service-tier`, `example.com/tier`.
fn is_tier(key: &str) -> bool {
    let last = key.rsplit('/').next().unwrap_or_default().to_lowercase();
    last == "tier" || last == "service-tier" || last == "service_tier"
}

/// `1`, `tier-1`, `Tier 1`, `T1`.
fn tier_of(word: &str) -> Option<u8> {
    let word = word.trim().to_lowercase();
    let digit = word.strip_prefix("tier").or_else(|| word.strip_prefix('t')).unwrap_or(&word);
    let digit = digit.trim_start_matches(['-', '_', ' ']);
    digit.parse().ok().filter(|tier| (1..=4).contains(tier) && digit.len() == 1)
}

/// `group:default/platform` is the team `platform`.
fn owner(reference: &str) -> Option<String> {
    let last = reference.rsplit(['/', ':']).next().map(clean_line)?;
    (!last.is_empty()).then_some(last)
}

#[cfg(test)]
#[path = "catalog_tests.rs"]
mod tests;
