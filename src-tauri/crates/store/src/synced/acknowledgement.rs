//! What the timeline tells of incidents and pages whose source states no acknowledgement itself.
//!
//! Pagers forget who took an incident as soon as it is over, and tell it only in the entries of the timeline. Those
//! entries may lie in other windows than the incident, so that no single reading holds both: they meet here. A connector
//! yields the entries before the incident and the page that they are about.

use std::borrow::Cow;

use fairlead_domain::Timestamp;
use fairlead_domain::incident::{AckSource, Incident, Responder};
use fairlead_domain::page::Page;
use fairlead_domain::person::PersonRef;
use rusqlite::{OptionalExtension, params};

use super::{SourceId, Writer};
use crate::column::{Columns, millis};
use crate::error::StoreError;

impl Writer<'_> {
    /// The incident with its first acknowledgement, and with everyone who acknowledged it, as the timeline has it so far.
    /// One whose source states the acknowledgement stays as it is.
    pub(super) fn with_acknowledgements<'i>(
        &self,
        source: SourceId,
        incident: &'i Incident,
    ) -> Result<Cow<'i, Incident>, StoreError> {
        if incident.acked_at.is_some() {
            return Ok(Cow::Borrowed(incident));
        }
        let sql = "SELECT min(t.at) AS at, who.ext_id FROM timeline_event t
            LEFT JOIN person_identity who ON who.id = t.identity_id
            WHERE t.source_id = ?1 AND t.incident = ?2 AND t.kind = 'ack' AND t.deleted_at IS NULL
            GROUP BY who.ext_id ORDER BY min(t.at), who.ext_id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let acks: Vec<(Timestamp, Option<String>)> = statement
            .query_map(params![source.0, incident.ext_id], |row| Ok((row.at("at")?, row.get("ext_id")?)))?
            .collect::<Result<_, _>>()?;
        let Some((first, _)) = acks.first() else { return Ok(Cow::Borrowed(incident)) };
        let mut told = incident.clone();
        told.acked_at = Some(*first);
        told.ack_source = Some(AckSource::Timeline);
        for (at, who) in acks {
            let Some(who) = who else { continue };
            if told.responders.iter().all(|responder| responder.person.identity().as_deref() != Some(&who)) {
                let person = PersonRef { ext_id: Some(who), ..PersonRef::default() };
                told.responders.push(Responder { person, role: None, assigned_at: Some(at) });
            }
        }
        Ok(Cow::Owned(told))
    }

    /// When the person answered the page, in milliseconds: as the record says, else by the timeline, else as stored.
    pub(super) fn answered_millis(
        &self,
        source: SourceId,
        page: &Page,
        person: Option<i64>,
    ) -> Result<Option<i64>, StoreError> {
        if page.answered_at.is_some() {
            return Ok(millis(page.answered_at));
        }
        let sql = "SELECT coalesce(
              (SELECT min(t.at) FROM timeline_event t WHERE t.source_id = ?1 AND t.incident = ?2 AND t.identity_id = ?3
                 AND t.kind = 'ack' AND t.at >= ?4 AND t.deleted_at IS NULL),
              (SELECT p.answered_at FROM page p WHERE p.source_id = ?1 AND p.ext_id = ?5)) AS at";
        let values = params![source.0, page.incident, person, page.sent_at.as_millis(), page.ext_id];
        let at = self.connection.prepare_cached(sql)?.query_row(values, |row| row.get::<_, Option<i64>>("at"));
        Ok(at.optional()?.flatten())
    }
}
