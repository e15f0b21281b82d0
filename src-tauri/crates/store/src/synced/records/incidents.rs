//! Incidents, their timelines, pages, postmortems, action items.

use fairlead_domain::action_item::{ActionItem, ActionStatus};
use fairlead_domain::incident::{Incident, Responder, TimelineEvent, TimelineKind};
use fairlead_domain::page::{Page, PageChannel};
use fairlead_domain::postmortem::Postmortem;
use rusqlite::named_params;

use super::{Each, Reading, person_ref, ref_columns};
use crate::column::Columns;
use crate::error::StoreError;
use crate::synced::incident_list::{incident_columns, incident_joins, incident_row};

impl Reading<'_> {
    pub(super) fn each_incident(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = concat!(
            incident_columns!(),
            ", i.updated_at FROM incident i",
            incident_joins!(),
            "WHERE i.source_id = :source AND i.created_at >= :from AND i.created_at < :to
               AND (i.deleted_at IS NULL OR i.deleted_at > :at) ORDER BY i.ext_id"
        );
        let values = named_params! { ":source": self.source.0, ":at": self.range.as_of.as_millis(), ":from": self.range.since(),
        ":to": self.range.until_now() };
        self.stream(sql, values, each, |row| {
            let i = incident_row(row, self.range.as_of)?;
            let incident = Incident {
                ext_id: i.ext_id,
                kind: i.kind,
                number: i.number,
                title: i.title,
                status: i.status,
                status_raw: i.status_raw,
                severity: i.severity,
                severity_raw: i.severity_raw,
                urgency: i.urgency,
                service: i.service,
                teams: self.reader.incident_teams(i.id)?,
                created_at: i.created_at,
                acked_at: i.acked_at,
                ack_source: i.ack_source,
                mitigated_at: i.mitigated_at,
                resolved_at: i.resolved_at,
                closed_at: i.closed_at,
                updated_at: self.range.known(row.at_opt("updated_at")?),
                impact_start: i.impact_start,
                impact_end: i.impact_end,
                merged_into: i.merged_into,
                is_test: i.is_test,
                url: i.url,
                responders: self.responder_records(i.id)?,
                links: self.reader.incident_links(i.id)?,
                custom_fields: self.reader.incident_custom_fields(i.id)?,
            };
            Ok(incident.into())
        })
    }

    fn responder_records(self, incident: i64) -> Result<Vec<Responder>, StoreError> {
        let sql = concat!(
            "SELECT r.role, r.assigned_at, ",
            ref_columns!(),
            " FROM responder r LEFT JOIN person_identity who ON who.id = r.identity_id
             WHERE r.incident_id = ?1 ORDER BY r.ordinal"
        );
        let mut statement = self.reader.connection.prepare_cached(sql)?;
        let rows = statement.query_map([incident], |row| {
            let person = person_ref(row)?.unwrap_or_default();
            Ok(Responder { person, role: row.get("role")?, assigned_at: row.at_opt("assigned_at")? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(super) fn each_timeline_event(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = concat!(
            "SELECT t.ext_id, t.incident, t.at, t.kind, t.raw_type, t.text, ",
            ref_columns!(),
            " FROM timeline_event t LEFT JOIN person_identity who ON who.id = t.identity_id
             WHERE t.source_id = ?1 AND (t.deleted_at IS NULL OR t.deleted_at > ?2) AND t.at >= ?3 AND t.at < ?4
             ORDER BY t.ext_id"
        );
        self.stream(sql, self.of_moments(), each, |row| {
            let event = TimelineEvent {
                ext_id: row.get("ext_id")?,
                incident: row.get("incident")?,
                at: row.at("at")?,
                kind: row.word("kind", TimelineKind::from_word)?,
                actor: person_ref(row)?,
                raw_type: row.get("raw_type")?,
                text: row.get("text")?,
            };
            Ok(event.into())
        })
    }

    pub(super) fn each_page(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = concat!(
            "SELECT p.ext_id, p.party, p.incident, p.sent_at, p.channel, p.status, p.answered_at, p.service, ",
            ref_columns!(),
            " FROM page p LEFT JOIN person_identity who ON who.id = p.identity_id
             WHERE p.source_id = ?1 AND (p.deleted_at IS NULL OR p.deleted_at > ?2) AND p.sent_at >= ?3
               AND p.sent_at < ?4 ORDER BY p.ext_id"
        );
        self.stream(sql, self.of_moments(), each, |row| {
            let page = Page {
                ext_id: row.get("ext_id")?,
                person: person_ref(row)?,
                party: row.get("party")?,
                incident: row.get("incident")?,
                sent_at: row.at("sent_at")?,
                channel: row.word("channel", PageChannel::from_word)?,
                status: row.get("status")?,
                answered_at: self.range.known(row.at_opt("answered_at")?),
                service: row.get("service")?,
            };
            Ok(page.into())
        })
    }

    pub(super) fn each_postmortem(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = "SELECT ext_id, incident, title, status, published_at, url FROM postmortem
            WHERE source_id = ?1 AND (deleted_at IS NULL OR deleted_at > ?2)
              AND (published_at IS NULL OR published_at >= ?3 AND published_at < ?4) ORDER BY ext_id";
        self.stream(sql, self.of_moments(), each, |row| {
            let postmortem = Postmortem {
                ext_id: row.get("ext_id")?,
                incident: row.get("incident")?,
                title: row.get("title")?,
                status: row.get("status")?,
                published_at: row.at_opt("published_at")?,
                url: row.get("url")?,
            };
            Ok(postmortem.into())
        })
    }

    pub(super) fn each_action_item(self, each: &mut Each<'_>) -> Result<(), StoreError> {
        let sql = concat!(
            "SELECT a.ext_id, a.incident, a.title, a.status, a.created_at, a.due_at, a.completed_at, a.priority, a.url, ",
            ref_columns!(),
            " FROM action_item a LEFT JOIN person_identity who ON who.id = a.identity_id
             WHERE a.source_id = ?1 AND (a.deleted_at IS NULL OR a.deleted_at > ?2) AND a.created_at >= ?3
               AND a.created_at < ?4 ORDER BY a.ext_id"
        );
        self.stream(sql, self.of_moments(), each, |row| {
            let completed = row.at_opt("completed_at")?;
            let (completed_at, status) = (self.range.known(completed), row.word("status", ActionStatus::from_word)?);
            let item = ActionItem {
                ext_id: row.get("ext_id")?,
                incident: row.get("incident")?,
                title: row.get("title")?,
                status: if completed == completed_at { status } else { ActionStatus::Open },
                owner: person_ref(row)?,
                created_at: row.at("created_at")?,
                due_at: row.at_opt("due_at")?,
                completed_at,
                priority: row.get("priority")?,
                url: row.get("url")?,
            };
            Ok(item.into())
        })
    }
}
