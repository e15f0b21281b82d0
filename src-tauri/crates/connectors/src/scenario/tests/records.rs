//! Every record of every part is sound: what it names exists, what it spans is not empty, nothing is told too early.

use std::collections::HashSet;

use fairlead_domain::person::PersonRef;
use fairlead_domain::{Record, RecordKind, Timestamp};

use super::super::part::Part;
use super::*;

/// What a record points to, and the instants by which it claims to have happened.
struct Claims {
    people: Vec<PersonRef>,
    references: Vec<(RecordKind, String)>,
    spans: Vec<(Timestamp, Timestamp)>,
    happened: Vec<Timestamp>,
}

fn claims(record: &Record) -> Claims {
    let mut c = Claims { people: vec![], references: vec![], spans: vec![], happened: vec![] };
    let mut refer = |kind: RecordKind, id: &Option<String>| c.references.extend(id.iter().map(|id| (kind, id.clone())));
    match record {
        Record::Team(r) => c.people.extend(r.members.iter().map(|m| m.person.clone())),
        Record::Service(r) => refer(RecordKind::Team, &r.team),
        Record::Schedule(r) => refer(RecordKind::Team, &r.team),
        Record::Rotation(r) => refer(RecordKind::Schedule, &Some(r.schedule.clone())),
        Record::EscalationPolicy(r) => {
            let schedules = r.levels.iter().flat_map(|level| level.schedules.clone());
            c.references.extend(schedules.map(|id| (RecordKind::Schedule, id)));
        }
        Record::Shift(r) => {
            refer(RecordKind::Schedule, &Some(r.schedule.clone()));
            refer(RecordKind::Rotation, &r.rotation);
            c.people.push(r.person.clone().expect("a told shift has a person"));
            c.people.extend(r.replaced.clone());
            c.spans.push((r.start, r.end));
        }
        Record::Leave(r) => {
            c.people.extend(r.person.clone());
            c.spans.push((r.start, r.end));
        }
        Record::Holiday(r) => c.spans.push((r.start, r.end)),
        _ => happened(record, &mut c),
    }
    c
}

/// The same for what happened, as against what is listed or planned.
fn happened(record: &Record, c: &mut Claims) {
    let mut refer = |kind: RecordKind, id: &Option<String>| c.references.extend(id.iter().map(|id| (kind, id.clone())));
    match record {
        Record::Incident(r) => {
            refer(RecordKind::Service, &r.service);
            c.people.extend(r.responders.iter().map(|x| x.person.clone()));
            c.happened.extend(
                [Some(r.created_at), r.acked_at, r.mitigated_at, r.resolved_at, r.updated_at].into_iter().flatten(),
            );
            c.happened.extend(r.responders.iter().filter_map(|x| x.assigned_at));
        }
        Record::TimelineEvent(r) => {
            refer(RecordKind::Incident, &r.incident);
            c.people.extend(r.actor.clone());
            c.happened.push(r.at);
        }
        Record::Page(r) => {
            refer(RecordKind::Incident, &r.incident);
            refer(RecordKind::Service, &r.service);
            c.people.extend(r.person.clone());
            c.happened.extend([Some(r.sent_at), r.answered_at].into_iter().flatten());
        }
        Record::Alert(r) => {
            c.happened.extend([Some(r.start), r.end].into_iter().flatten());
            c.spans.extend(r.end.map(|end| (r.start, end)));
        }
        Record::Silence(r) => {
            c.happened.push(r.start);
            c.spans.push((r.start, r.end));
        }
        Record::Change(r) => {
            refer(RecordKind::Service, &r.service);
            c.people.extend(r.author.clone());
            c.happened.extend([Some(r.at), r.finished_at].into_iter().flatten());
        }
        Record::Postmortem(r) => {
            refer(RecordKind::Incident, &r.incident);
            c.happened.extend(r.published_at);
        }
        Record::ActionItem(r) => {
            refer(RecordKind::Incident, &r.incident);
            c.people.extend(r.owner.clone());
            c.happened.extend([Some(r.created_at), r.completed_at].into_iter().flatten());
        }
        Record::SliHour(r) => {
            refer(RecordKind::Slo, &Some(r.slo.clone()));
            c.happened.push(r.hour.plus_hours(1));
        }
        Record::SloUpstream(r) => {
            refer(RecordKind::Slo, &Some(r.slo.clone()));
            c.happened.push(r.at);
        }
        _ => {}
    }
}

#[tokio::test]
async fn every_record_is_sound_at_every_sync_and_later() {
    let scenario = built_in();
    let moments = scenario.syncs.iter().map(|&at| scenario.at(at)).chain([scenario.anchor.plus_days(5)]);
    for now in moments {
        let mut all = Vec::new();
        for &part in Part::ALL {
            all.extend(everything(part, now).await);
        }
        let ids: HashSet<(RecordKind, String)> = all.iter().map(|(_, i)| (i.record.kind(), i.record.key())).collect();
        assert_eq!(ids.len(), all.len(), "a key occurs twice");
        let emails: HashSet<&str> = scenario.person.iter().map(|person| person.email.as_str()).collect();
        for (stream, item) in &all {
            let (record, claims) = (&item.record, claims(&item.record));
            assert!(stream.kinds.contains(&record.kind()), "{} yields {}", stream.name, record.kind());
            assert!(claims.spans.iter().all(|(start, end)| start < end), "{record:?}");
            assert!(claims.happened.iter().all(|&at| at <= now), "told before it happened: {record:?}");
            for reference in claims.references {
                assert!(ids.contains(&reference), "{reference:?} does not exist: {record:?}");
            }
            for person in claims.people {
                assert!(emails.contains(person.email.as_deref().unwrap_or_default()), "unknown person: {record:?}");
            }
        }
    }
}

#[test]
fn replaced_windows_are_stated_for_every_parent() {
    let scenario = built_in();
    let shifts = stream(Part::Pager, "shifts");
    let window = asked(&shifts, scenario.anchor);
    let sets = super::super::part::complete(&scenario, &shifts, window);
    let parents: Vec<&str> = sets.iter().map(|set| set.parent.as_str()).collect();
    let schedules: Vec<&str> = scenario.schedule.iter().map(|schedule| schedule.id.as_str()).collect();
    assert_eq!(parents, schedules);
}
