//! The statements by which rows of each table vanish.
//!
//! Values: ?1 source, ?2 and ?3 the set's window, ?4 its parent, ?5 stream, ?6 kind. For changes: ?1 source, ?2 key, ?3 now.

use fairlead_domain::RecordKind;

/// The statements of one table.
pub(crate) struct Vanishing {
    /// Rows that were not seen, as `key` (rows about time: also `start`, `end`, `content`, `replaced`).
    pub(crate) unseen: &'static str,
    /// How many rows the set holds.
    pub(crate) size: &'static str,
    /// Takes a row out of sight.
    pub(crate) remove: &'static str,
    /// Ends a row about time now; nothing elsewhere.
    pub(crate) cut: &'static str,
}

/// `$key`: the record's key of a row; `$of`: the source's column; `$scope`: rows of the set that are still shown; `$remove`:
/// what takes one away.
macro_rules! listed {
    ($table:literal, $key:literal, $of:literal, $scope:literal, $remove:literal) => {
        Vanishing {
            unseen: concat!(
                "SELECT ",
                $key,
                " AS key FROM ",
                $table,
                " WHERE ",
                $of,
                " = ?1 AND ",
                $scope,
                " AND NOT EXISTS (SELECT 1 FROM temp.walk_key w
                    WHERE w.source_id = ?1 AND w.stream = ?5 AND w.kind = ?6 AND w.key = ",
                $key,
                ")"
            ),
            size: concat!("SELECT count(*) FROM ", $table, " WHERE ", $of, " = ?1 AND ?4 IS NOT NULL AND ", $scope),
            remove: concat!("UPDATE ", $table, " SET ", $remove, " WHERE source_id = ?1 AND ", $key, " = ?2"),
            cut: "",
        }
    };
    ($table:literal, $scope:literal) => {
        listed!($table, "ext_id", "source_id", $scope, "deleted_at = ?3")
    };
}

/// `$scope`: the rows of a window. The plus keeps SQLite from walking through all that the source ever brought, so that the
/// index over the time is used.
macro_rules! timed {
    ($table:literal, $key:literal, $scope:literal) => {
        listed!($table, $key, "+source_id", $scope, "deleted_at = ?3")
    };
    ($table:literal, $scope:literal) => {
        timed!($table, "ext_id", $scope)
    };
}

/// As [`timed!`]. `$subject`: rows of one subject (`o`, `t`) cannot both be true at one time; `$content`: what a revision keeps; `$cut`:
/// what ends a row.
macro_rules! spans {
    ($table:literal, $parent:literal, $subject:literal, $content:literal, $cut:literal) => {
        Vanishing {
            unseen: concat!(
                "SELECT t.ext_key AS key, t.start, t.end, json_object(",
                $content,
                ", 'start', t.start, 'end', t.end) AS content,
                   EXISTS (SELECT 1 FROM ",
                $table,
                " o WHERE o.source_id = ?1 AND o.deleted_at IS NULL AND ",
                $subject,
                "    AND o.end > t.start AND o.start < t.end AND EXISTS (SELECT 1 FROM temp.walk_key w
                      WHERE w.source_id = ?1 AND w.stream = ?5 AND w.kind = ?6 AND w.key = o.ext_key)) AS replaced
                 FROM ",
                $table,
                " t WHERE +t.source_id = ?1 AND t.deleted_at IS NULL AND ",
                $parent,
                " AND t.end > ?2 AND t.start < ?3 AND NOT EXISTS (SELECT 1 FROM temp.walk_key w
                    WHERE w.source_id = ?1 AND w.stream = ?5 AND w.kind = ?6 AND w.key = t.ext_key)"
            ),
            size: concat!(
                "SELECT count(*) FROM ",
                $table,
                " t WHERE +t.source_id = ?1 AND t.deleted_at IS NULL AND ",
                $parent,
                " AND t.end > ?2 AND t.start < ?3 AND ?4 IS NOT NULL"
            ),
            remove: concat!("UPDATE ", $table, " SET deleted_at = ?3 WHERE source_id = ?1 AND ext_key = ?2"),
            cut: concat!("UPDATE ", $table, " SET ", $cut, ", rev = rev + 1 WHERE source_id = ?1 AND ext_key = ?2"),
        }
    };
}

/// How rows of a kind vanish; `None` for measurements and statements, which stay whatever an upstream has forgotten.
pub(crate) const fn vanishing(kind: RecordKind) -> Option<Vanishing> {
    Some(match kind {
        RecordKind::Person => listed!("person_identity", "ext_id", "source_id", "stated = 1 AND active = 1", "active = (?3 IS NULL)"),
        RecordKind::Team => listed!("team", "deleted_at IS NULL"),
        RecordKind::Service => listed!("service", "deleted_at IS NULL"),
        RecordKind::Schedule => listed!("schedule", "deleted_at IS NULL"),
        RecordKind::Rotation => listed!("rotation", "deleted_at IS NULL AND (?4 = '' OR schedule = ?4)"),
        RecordKind::EscalationPolicy => listed!("escalation_policy", "deleted_at IS NULL"),
        RecordKind::Incident => timed!("incident", "deleted_at IS NULL AND created_at >= ?2 AND created_at < ?3"),
        RecordKind::TimelineEvent => {
            timed!("timeline_event", "deleted_at IS NULL AND (?4 = '' OR incident = ?4) AND at >= ?2 AND at < ?3")
        }
        RecordKind::Page => timed!("page", "deleted_at IS NULL AND sent_at >= ?2 AND sent_at < ?3"),
        RecordKind::Alert => timed!(
            "alert",
            "fingerprint || '@' || start",
            "deleted_at IS NULL AND start >= ?2 AND start < ?3"
        ),
        RecordKind::Silence => timed!("silence", "deleted_at IS NULL AND end > ?2 AND start < ?3"),
        RecordKind::Change => timed!("change_event", "deleted_at IS NULL AND at >= ?2 AND at < ?3"),
        RecordKind::Postmortem => listed!("postmortem", "deleted_at IS NULL"),
        RecordKind::ActionItem => listed!("action_item", "deleted_at IS NULL"),
        RecordKind::Slo => listed!("slo", "deleted_at IS NULL"),
        RecordKind::Shift => spans!(
            "shift",
            "(?4 = '' OR t.schedule = ?4)",
            "o.schedule = t.schedule",
            "'schedule', t.schedule, 'person', (SELECT ext_id FROM person_identity WHERE id = t.identity_id), 'role', t.role,
             'origin', t.origin, 'level', t.level, 'rotation', t.rotation",
            "end = ?3, end_open = 0"
        ),
        RecordKind::Leave => spans!(
            "leave",
            "?4 IS NOT NULL",
            "o.identity_id = t.identity_id",
            "'person', (SELECT ext_id FROM person_identity WHERE id = t.identity_id)",
            "end = ?3"
        ),
        RecordKind::Holiday => spans!("holiday", "?4 IS NOT NULL", "o.name = t.name", "'name', t.name", "end = ?3"),
        RecordKind::Maintenance => spans!(
            "maintenance",
            "?4 IS NOT NULL",
            "o.title = t.title AND o.kind = t.kind",
            "'kind', t.kind, 'title', t.title, 'services', t.services",
            "end = ?3"
        ),
        RecordKind::SliHour | RecordKind::SloUpstream | RecordKind::Terms => return None,
    })
}
