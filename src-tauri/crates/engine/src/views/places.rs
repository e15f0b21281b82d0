//! Places: what the palette finds by name, and where each lies.

use fairlead_domain::Timestamp;
use serde::Serialize;
use specta::Type;

use super::people::people;
use super::services::services;
use super::slos::slo_list;
use crate::EngineError;
use crate::workspace::Workspace;

/// Something with a name and a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// Its name.
    pub name: String,
    /// What tells it from another of the same name: a service, a source, a zone.
    pub detail: Option<String>,
    /// Path and query within the app.
    pub link: String,
}

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// An SLO, on the page of SLOs.
    Slo,
    /// A service, as the incidents of it.
    Service,
    /// A person, as their shifts.
    Person,
    /// A source, on the page of sources.
    Source,
}

/// Everything that has a name, as of an instant: SLOs, services, people and sources, each by name.
///
/// # Errors
/// What the databases say.
pub async fn places(workspace: &Workspace, as_of: Timestamp) -> Result<Vec<Place>, EngineError> {
    let mut found: Vec<Place> = Vec::new();
    for slo in slo_list(workspace, as_of).await?.slos {
        let link = link("/slos", "open", &slo.id);
        found.push(Place { kind: PlaceKind::Slo, name: slo.name, detail: slo.service.or(Some(slo.source)), link });
    }
    for service in services(workspace, as_of).await?.services {
        let name = service.service.unwrap_or(service.name);
        let link = link("/incidents", "service", &name);
        found.push(Place { kind: PlaceKind::Service, name, detail: service.team, link });
    }
    for person in people(workspace, as_of).await?.people {
        let link = link("/oncall", "person", &person.key);
        found.push(Place { kind: PlaceKind::Person, name: person.name, detail: person.timezone, link });
    }
    for source in &workspace.config.sources {
        let link = link("/sources", "open", &source.name);
        let detail = Some(source.kind.clone());
        found.push(Place { kind: PlaceKind::Source, name: source.name.clone(), detail, link });
    }
    found.sort_by(|a, b| (a.kind, &a.name, &a.link).cmp(&(b.kind, &b.name, &b.link)));
    found.dedup_by(|a, b| (a.kind, &a.link) == (b.kind, &b.link));
    Ok(found)
}

/// A link whose value may hold anything: what has a meaning in a query is written by its bytes.
fn link(page: &str, key: &str, value: &str) -> String {
    let mut out = format!("{page}?{key}=");
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn a_name_cannot_add_to_the_query() {
        assert_eq!(link("/slos", "open", "prom/a&b=ü"), "/slos?open=prom/a%26b%3D%C3%BC");
    }
}
