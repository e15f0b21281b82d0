//! Which facts the teams let be stored. Here: the team of Ines, and records to be varied.

mod admitted;
mod bare_names;
mod party;
mod severity;
mod teams;

use std::collections::BTreeMap;

use fairlead_domain::action_item::{ActionItem, ActionStatus};
use fairlead_domain::alert::{Alert, AlertStatus};
use fairlead_domain::change::{Change, ChangeKind};
use fairlead_domain::escalation::{EscalationPolicy, PolicyLevel};
use fairlead_domain::incident::{Incident, Responder, TimelineEvent, TimelineKind};
use fairlead_domain::leave::{Holiday, Leave};
use fairlead_domain::maintenance::{Maintenance, MaintenanceKind};
use fairlead_domain::page::{Page, PageChannel};
use fairlead_domain::postmortem::Postmortem;
use fairlead_domain::schedule::{Rotation, Schedule, ScheduleSystem, Shift, ShiftOrigin, ShiftRole};
use fairlead_domain::service::Service;
use fairlead_domain::silence::{Silence, SilenceState};
use fairlead_domain::slo::{BudgetMethod, SliFigures, SliHour, Slo, SloOrigin, SloUpstream, SloWindow};
use fairlead_domain::team::{Team, TeamMember};
use fairlead_domain::terms::{Terms, TermsBy};
use fairlead_domain::{Item, Timestamp};
use fairlead_testkit::records;

use super::*;

const INES: &str = "ines@harbor.example";
const BOB: &str = "bob@elsewhere.example";

fn scope(teams: &str) -> Scope {
    let text = format!("[workspace]\nname = \"Harbor\"\n{teams}");
    let mut scope = Scope::of(&Config::parse(&text, &[]).unwrap());
    for (id, email, name) in [("P1", "Ines@Harbor.example", "Ines"), ("P2", BOB, "Bob")] {
        let (ext_id, email, name) = (id.to_owned(), Some(email.to_owned()), name.to_owned());
        let person = Person { ext_id, email, name, timezone: None, active: true };
        scope.learn("pd", &person.into());
    }
    scope.learn("pd", &schedule("S1", "Primary").into());
    scope.learn("pd", &schedule("S2", "Other").into());
    scope.learn("pd", &Service { ext_id: "V1".into(), name: "checkout".into(), team: None }.into());
    scope.learn("pd", &Service { ext_id: "V2".into(), name: "mailer".into(), team: None }.into());
    scope
}

/// A team of Ines, with the schedule S1 and the service checkout.
fn narrow(people: &str) -> Scope {
    scope(&format!(
        "[[team]]\nname = \"platform\"\npeople = \"{people}\"\nmembers = [\"{INES}\"]\nschedules = [\"pd:S1\"]\n\
         services = [\"checkout\"]\nslo = {{ sloth_service = [\"checkout\"] }}\n"
    ))
}

fn at(secs: i64) -> Timestamp {
    Timestamp::from_secs(secs)
}

fn id(ext_id: &str) -> PersonRef {
    PersonRef { ext_id: Some(ext_id.into()), ..PersonRef::default() }
}

fn schedule(ext_id: &str, name: &str) -> Schedule {
    let (ext_id, name) = (ext_id.into(), name.into());
    Schedule { ext_id, name, system: ScheduleSystem::Layer, timezone: None, team: None, url: None }
}

fn shift(schedule: &str, person: PersonRef) -> Shift {
    Shift {
        schedule: schedule.into(),
        ext_key: "k".into(),
        person: Some(person),
        withheld: false,
        start: at(0),
        end: at(3600),
        end_open: false,
        level: None,
        role: ShiftRole::Primary,
        origin: ShiftOrigin::Rotation,
        replaced: None,
        rotation: None,
    }
}

fn incident(service: Option<&str>, responders: &[&str]) -> Incident {
    let responder = |id_: &&str| Responder { person: id(id_), role: None, assigned_at: None };
    Incident {
        service: service.map(Into::into),
        responders: responders.iter().map(responder).collect(),
        ..records::incident("I1", at(0))
    }
}

fn event(kind: TimelineKind, actor: PersonRef) -> TimelineEvent {
    let (ext_id, actor) = ("E1".into(), Some(actor));
    TimelineEvent { ext_id, incident: None, at: at(0), kind, actor, raw_type: None, text: None }
}

fn page(service: Option<&str>, person: PersonRef) -> Page {
    Page {
        ext_id: "N1".into(),
        person: Some(person),
        party: None,
        incident: None,
        sent_at: at(0),
        channel: PageChannel::Push,
        status: None,
        answered_at: None,
        service: service.map(Into::into),
    }
}

/// A token that tells a withheld person apart is another one in each run.
fn without_token(mut item: Item) -> Item {
    if let Record::Page(page) = &mut item.record {
        assert_eq!(page.party.is_some(), page.person.is_none(), "whom nothing tells apart would not be counted");
        page.party = None;
    }
    item
}

fn person(ext_id: &str, email: Option<&str>, name: &str) -> Person {
    let email = email.map(Into::into);
    Person { ext_id: ext_id.into(), name: name.into(), email, timezone: None, active: true }
}

fn silence(creator: &str) -> Silence {
    Silence {
        ext_id: "L1".into(),
        start: at(0),
        end: at(60),
        creator: Some(creator.into()),
        comment: Some("deploy".into()),
        matchers: "[]".into(),
        state: SilenceState::Active,
    }
}

fn slo(ext_id: &str, service: &str) -> Slo {
    Slo {
        ext_id: ext_id.into(),
        name: ext_id.into(),
        service: Some(service.into()),
        group: BTreeMap::new(),
        origin: SloOrigin::Sloth,
        objective: 0.999,
        window: SloWindow::Rolling { days: 30.0 },
        method: BudgetMethod::Occurrences,
        good_expr: None,
        total_expr: None,
        description: None,
        labels: BTreeMap::from([("tier".into(), "1".into())]),
    }
}

fn alert(service: Option<&str>) -> Alert {
    Alert {
        fingerprint: "f".into(),
        name: "Down".into(),
        start: at(0),
        end: None,
        resolution_secs: 60,
        status: AlertStatus::Firing,
        severity_raw: None,
        service: service.map(Into::into),
        labels: BTreeMap::new(),
    }
}

fn change(service: Option<&str>, author: PersonRef) -> Change {
    Change {
        ext_id: "C1".into(),
        kind: ChangeKind::Deploy,
        service: service.map(Into::into),
        title: "v2".into(),
        at: at(0),
        finished_at: None,
        outcome: None,
        author: Some(author),
        url: None,
    }
}

fn action(owner: PersonRef) -> ActionItem {
    ActionItem {
        ext_id: "A1".into(),
        incident: None,
        title: "fix".into(),
        status: ActionStatus::Open,
        owner: Some(owner),
        created_at: at(0),
        due_at: None,
        completed_at: None,
        priority: None,
        url: None,
    }
}

fn maintenance(services: &[&str]) -> Maintenance {
    let services = services.iter().map(|service| (*service).to_owned()).collect();
    let (kind, title) = (MaintenanceKind::Freeze, "freeze".into());
    Maintenance { ext_key: "M1".into(), kind, title, start: at(0), end: at(60), services }
}

fn leave(person: Option<PersonRef>) -> Leave {
    Leave { ext_key: "v".into(), person, start: at(0), end: at(60) }
}

fn policy(schedules: &[&str], people: &[&str]) -> EscalationPolicy {
    let schedules = schedules.iter().map(|schedule| (*schedule).to_owned()).collect();
    let people = people.iter().map(|person| id(person)).collect();
    let level = PolicyLevel { level: 1, timeout_secs: None, schedules, people };
    EscalationPolicy { ext_id: "X1".into(), name: "x".into(), levels: vec![level] }
}

fn team(members: &[&str]) -> Team {
    let member = |person: &&str| TeamMember { person: id(person), role: None };
    Team { ext_id: "T1".into(), name: "t".into(), members: members.iter().map(member).collect() }
}

/// One record of every kind that has to do with Ines, S1 and checkout.
fn ours() -> Vec<Record> {
    vec![
        person("P1", Some(INES), "Ines").into(),
        team(&["P1"]).into(),
        Service { ext_id: "V1".into(), name: "checkout".into(), team: None }.into(),
        schedule("S1", "Primary").into(),
        Rotation { ext_id: "R".into(), schedule: "S1".into(), name: "r".into(), ordinal: 0 }.into(),
        policy(&["S1"], &["P1"]).into(),
        shift("S1", id("P1")).into(),
        incident(Some("V1"), &["P1"]).into(),
        event(TimelineKind::Ack, id("P1")).into(),
        page(Some("V1"), id("P1")).into(),
        alert(Some("checkout")).into(),
        silence(INES).into(),
        change(Some("V1"), id("P1")).into(),
        leave(Some(id("P1"))).into(),
        Holiday { ext_key: "h".into(), name: "Restoration".into(), start: at(0), end: at(60) }.into(),
        maintenance(&["V2", "V1"]).into(),
        Postmortem {
            ext_id: "D".into(),
            incident: None,
            title: "t".into(),
            status: None,
            published_at: None,
            url: None,
        }
        .into(),
        action(id("P1")).into(),
        slo("s1", "checkout").into(),
        SliHour { slo: "s1".into(), hour: at(0), figures: SliFigures::default() }.into(),
        SloUpstream { slo: "s1".into(), at: at(0), budget_remaining: 1.0 }.into(),
        Terms { stated_by: TermsBy::Upstream, retention_secs: Some(60), key_expires_at: None }.into(),
    ]
}
