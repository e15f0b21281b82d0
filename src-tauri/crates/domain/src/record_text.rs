//! Where a record holds text and people: one list, for what cleans an import and for what hides people in an export.
//!
//! Records are taken apart field by field, without `..`: a new field does not compile before it was decided what it is.

use std::collections::BTreeMap;

use crate::action_item::ActionItem;
use crate::alert::Alert;
use crate::change::Change;
use crate::escalation::{EscalationPolicy, PolicyLevel};
use crate::incident::{CustomField, Incident, IncidentLink, Responder, TimelineEvent};
use crate::leave::{Holiday, Leave};
use crate::maintenance::Maintenance;
use crate::page::Page;
use crate::person::{Person, PersonRef};
use crate::postmortem::Postmortem;
use crate::record::Record;
use crate::schedule::{Rotation, Schedule, Shift};
use crate::service::Service;
use crate::silence::Silence;
use crate::slo::{SliHour, Slo, SloUpstream};
use crate::team::{Team, TeamMember};
use crate::terms::Terms;

/// What a text of a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextUse {
    /// An id, or a reference to one. The same text must become the same wherever it stands.
    Id,
    /// A name or a word of the source, one line.
    Name,
    /// What people and tools write: titles, comments, one line.
    Prose,
    /// An address; edited to nothing, it is none.
    Address,
    /// What machines read: labels, expressions, matchers, values; may have several lines.
    Data,
}

use TextUse::{Address, Data, Id, Name, Prose};

/// What is called with each text.
type Edit<'e> = dyn FnMut(TextUse, &mut String) + 'e;

impl Record {
    /// Calls `edit` with every text but those of closed vocabularies, of zones, and of references to people.
    pub fn edit_texts(&mut self, edit: &mut Edit<'_>) {
        match self {
            Self::Person(Person { ext_id, name, email: _, timezone: _, active: _ }) => {
                edit(Id, ext_id);
                edit(Name, name);
            }
            Self::Team(Team { ext_id, name, members }) => {
                edit(Id, ext_id);
                edit(Name, name);
                members.iter_mut().for_each(|TeamMember { person: _, role }| maybe(edit, Name, role));
            }
            Self::Service(Service { ext_id, name, team }) => {
                edit(Id, ext_id);
                edit(Name, name);
                maybe(edit, Id, team);
            }
            Self::Schedule(Schedule { ext_id, name, system: _, timezone: _, team, url }) => {
                edit(Id, ext_id);
                edit(Name, name);
                maybe(edit, Id, team);
                address(edit, url);
            }
            Self::Rotation(Rotation { ext_id, schedule, name, ordinal: _ }) => {
                edit(Id, ext_id);
                edit(Id, schedule);
                edit(Name, name);
            }
            Self::EscalationPolicy(EscalationPolicy { ext_id, name, levels }) => {
                edit(Id, ext_id);
                edit(Name, name);
                for PolicyLevel { level: _, timeout_secs: _, schedules, people: _ } in levels {
                    schedules.iter_mut().for_each(|schedule| edit(Id, schedule));
                }
            }
            Self::Shift(shift) => shift_texts(shift, edit),
            Self::Incident(incident) => incident_texts(incident, edit),
            Self::TimelineEvent(TimelineEvent { ext_id, incident, at: _, kind: _, actor: _, raw_type, text }) => {
                edit(Id, ext_id);
                maybe(edit, Id, incident);
                maybe(edit, Name, raw_type);
                maybe(edit, Prose, text);
            }
            Self::Page(page) => {
                let Page {
                    ext_id,
                    person: _,
                    party: _,
                    incident,
                    sent_at: _,
                    channel: _,
                    status,
                    answered_at: _,
                    service,
                } = page;
                edit(Id, ext_id);
                maybe(edit, Id, incident);
                maybe(edit, Name, status);
                maybe(edit, Id, service);
            }
            Self::Alert(alert) => alert_texts(alert, edit),
            Self::Silence(Silence { ext_id, start: _, end: _, creator, comment, matchers, state: _ }) => {
                edit(Id, ext_id);
                maybe(edit, Name, creator);
                maybe(edit, Prose, comment);
                edit(Data, matchers);
            }
            Self::Change(change) => {
                let Change { ext_id, kind: _, service, title, at: _, finished_at: _, outcome, author: _, url } = change;
                edit(Id, ext_id);
                maybe(edit, Id, service);
                edit(Prose, title);
                maybe(edit, Name, outcome);
                address(edit, url);
            }
            Self::Leave(Leave { ext_key, person: _, start: _, end: _ }) => edit(Id, ext_key),
            Self::Holiday(Holiday { ext_key, name, start: _, end: _ }) => {
                edit(Id, ext_key);
                edit(Name, name);
            }
            Self::Maintenance(Maintenance { ext_key, kind: _, title, start: _, end: _, services }) => {
                edit(Id, ext_key);
                edit(Prose, title);
                services.iter_mut().for_each(|service| edit(Id, service));
            }
            Self::Postmortem(Postmortem { ext_id, incident, title, status, published_at: _, url }) => {
                edit(Id, ext_id);
                maybe(edit, Id, incident);
                edit(Prose, title);
                maybe(edit, Name, status);
                address(edit, url);
            }
            Self::ActionItem(item) => action_texts(item, edit),
            Self::Slo(slo) => slo_texts(slo, edit),
            Self::SliHour(SliHour { slo, hour: _, figures: _ }) => edit(Id, slo),
            Self::SloUpstream(SloUpstream { slo, at: _, budget_remaining: _ }) => edit(Id, slo),
            Self::Terms(Terms { stated_by: _, retention_secs: _, key_expires_at: _ }) => {}
        }
    }

    /// Calls `edit` with every reference to a person. The person of [`Record::Person`] is no reference.
    pub fn edit_people(&mut self, edit: &mut dyn FnMut(&mut PersonRef)) {
        match self {
            Self::Team(team) => team.members.iter_mut().for_each(|member| edit(&mut member.person)),
            Self::EscalationPolicy(policy) => {
                policy.levels.iter_mut().flat_map(|level| &mut level.people).for_each(edit);
            }
            Self::Shift(shift) => shift.person.iter_mut().chain(&mut shift.replaced).for_each(edit),
            Self::Incident(incident) => incident.responders.iter_mut().for_each(|part| edit(&mut part.person)),
            Self::TimelineEvent(event) => event.actor.iter_mut().for_each(edit),
            Self::Page(page) => page.person.iter_mut().for_each(edit),
            Self::Change(change) => change.author.iter_mut().for_each(edit),
            Self::Leave(leave) => leave.person.iter_mut().for_each(edit),
            Self::ActionItem(item) => item.owner.iter_mut().for_each(edit),
            Self::Person(_)
            | Self::Service(_)
            | Self::Schedule(_)
            | Self::Rotation(_)
            | Self::Alert(_)
            | Self::Silence(_)
            | Self::Holiday(_)
            | Self::Maintenance(_)
            | Self::Postmortem(_)
            | Self::Slo(_)
            | Self::SliHour(_)
            | Self::SloUpstream(_)
            | Self::Terms(_) => {}
        }
    }
}

fn maybe(edit: &mut Edit<'_>, what: TextUse, text: &mut Option<String>) {
    if let Some(text) = text {
        edit(what, text);
    }
}

fn address(edit: &mut Edit<'_>, url: &mut Option<String>) {
    maybe(edit, Address, url);
    if url.as_deref() == Some("") {
        *url = None;
    }
}

fn map(edit: &mut Edit<'_>, labels: &mut BTreeMap<String, String>) {
    labels.values_mut().for_each(|value| edit(Data, value));
}

fn shift_texts(shift: &mut Shift, edit: &mut Edit<'_>) {
    let Shift {
        schedule,
        ext_key,
        person: _,
        withheld: _,
        start: _,
        end: _,
        end_open: _,
        level: _,
        role: _,
        origin: _,
        replaced: _,
        rotation,
    } = shift;
    edit(Id, schedule);
    edit(Id, ext_key);
    maybe(edit, Id, rotation);
}

fn incident_texts(incident: &mut Incident, edit: &mut Edit<'_>) {
    let Incident {
        ext_id,
        kind: _,
        number,
        title,
        status: _,
        status_raw,
        severity: _,
        severity_raw,
        urgency,
        service,
        teams,
        created_at: _,
        acked_at: _,
        ack_source: _,
        mitigated_at: _,
        resolved_at: _,
        closed_at: _,
        updated_at: _,
        impact_start: _,
        impact_end: _,
        merged_into,
        is_test: _,
        url,
        responders,
        links,
        custom_fields,
    } = incident;
    edit(Id, ext_id);
    maybe(edit, Name, number);
    edit(Prose, title);
    maybe(edit, Name, status_raw);
    maybe(edit, Name, severity_raw);
    maybe(edit, Name, urgency);
    maybe(edit, Id, service);
    teams.iter_mut().for_each(|team| edit(Id, team));
    maybe(edit, Id, merged_into);
    address(edit, url);
    responders.iter_mut().for_each(|Responder { person: _, role, assigned_at: _ }| maybe(edit, Name, role));
    for IncidentLink { system, ext_id, relation: _ } in links {
        edit(Name, system);
        edit(Id, ext_id);
    }
    for CustomField { field, value } in custom_fields {
        edit(Name, field);
        edit(Data, value);
    }
}

fn alert_texts(alert: &mut Alert, edit: &mut Edit<'_>) {
    let Alert { fingerprint, name, start: _, end: _, resolution_secs: _, status: _, severity_raw, service, labels } =
        alert;
    edit(Id, fingerprint);
    edit(Name, name);
    maybe(edit, Name, severity_raw);
    maybe(edit, Id, service);
    map(edit, labels);
}

fn action_texts(item: &mut ActionItem, edit: &mut Edit<'_>) {
    let ActionItem {
        ext_id,
        incident,
        title,
        status: _,
        owner: _,
        created_at: _,
        due_at: _,
        completed_at: _,
        priority,
        url,
    } = item;
    edit(Id, ext_id);
    maybe(edit, Id, incident);
    edit(Prose, title);
    maybe(edit, Name, priority);
    address(edit, url);
}

fn slo_texts(slo: &mut Slo, edit: &mut Edit<'_>) {
    let Slo {
        ext_id,
        name,
        service,
        group,
        origin: _,
        objective: _,
        window: _,
        method: _,
        good_expr,
        total_expr,
        description,
        labels,
    } = slo;
    edit(Id, ext_id);
    edit(Name, name);
    maybe(edit, Id, service);
    map(edit, group);
    maybe(edit, Data, good_expr);
    maybe(edit, Data, total_expr);
    maybe(edit, Data, description);
    map(edit, labels);
}
