//! Incidents are followed to their end, and what happened in others' incidents is left out.

use fairlead_domain::incident::{Incident, Responder, TimelineEvent, TimelineKind};
use fairlead_domain::{Item, Timestamp};
use fairlead_testkit::records;

use super::*;

const AT: Timestamp = Timestamp::from_secs(1_794_812_400);

fn ines() -> PersonRef {
    PersonRef { ext_id: Some("P1".into()), email: Some("ines@harbor.example".into()), name: None }
}

/// A team of Ines and of the service checkout.
fn scope() -> Scope {
    let team = "[[team]]\nname = \"platform\"\nmembers = [\"ines@harbor.example\"]\nservices = [\"checkout\"]\n";
    Scope::of(&Config::parse(&format!("[workspace]\nname = \"Harbor\"\n{team}"), &[]).unwrap())
}

fn incident(id: &str, service: &str, responders: &[PersonRef]) -> Item {
    let responder = |person: &PersonRef| Responder { person: person.clone(), role: None, assigned_at: None };
    let responders = responders.iter().map(responder).collect();
    Item::from(Incident { service: Some(service.into()), responders, ..records::incident(id, AT) })
}

fn event(incident: &str) -> Item {
    Item::from(TimelineEvent {
        ext_id: format!("L-{incident}"),
        incident: Some(incident.into()),
        at: AT,
        kind: TimelineKind::Note,
        actor: None,
        raw_type: None,
        text: Some("what others wrote".into()),
    })
}

fn keys(items: &[Item]) -> Vec<String> {
    items.iter().map(|item| item.record.key()).collect()
}

#[test]
fn what_happened_in_an_incident_of_others_is_left_out_with_it() {
    let items =
        vec![event("1"), event("2"), event("unheard of"), incident("1", "checkout", &[]), incident("2", "mailer", &[])];
    assert_eq!(keys(&scope().admit_all("pd", items)), ["L-1", "L-unheard of", "1"]);
}

#[test]
fn an_incident_that_a_member_answered_is_followed_when_its_answerers_are_forgotten() {
    let mut scope = scope();
    assert_eq!(scope.admit_all("pd", vec![incident("1", "mailer", &[ines()])]).len(), 1);
    assert_eq!(scope.admit_all("pd", vec![incident("1", "mailer", &[]), event("1")]).len(), 2);
}

#[test]
fn an_incident_that_is_stored_as_open_is_followed() {
    let mut scope = scope();
    scope.follow("pd", "1");
    assert_eq!(scope.admit_all("pd", vec![incident("1", "mailer", &[])]).len(), 1);
    assert!(scope.admit_all("other", vec![incident("1", "mailer", &[])]).is_empty(), "the id is of another source");
}
