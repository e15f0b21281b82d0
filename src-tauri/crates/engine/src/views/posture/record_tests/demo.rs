//! The demo: what each kind says as it opens, and that nothing is called quiet once its pager is cut off.

use crate::export::{Flavour, posture_text};
use crate::views::posture::demo_tests::{CONFIG, look, opened, opened_as};
use crate::views::posture::kinds::KINDS;
use crate::views::posture::{AttentionClass, Posture, headline};

use super::world::{number, unwatched};

/// What every kind says when the demo opens. What fires for more than a day there is silenced, so `alert_zombie` is told
/// where silences are.
const OPENS: &[(&str, &str)] = &[
    ("page_unacked", "quiet"),
    ("major_open", "4320 secs"),
    ("nobody_on_call", "quiet"),
    ("fast_burn", "in major_open:pager/Q41"),
    ("blind", "13800 secs"),
    ("gap_ahead", "quiet"),
    ("leave_conflict", "86400 secs"),
    ("not_ready", "not watched: readiness for a first shift is not part of this version"),
    ("rota_changed", "not watched: the rota at your last look is not known: it was first read later"),
    ("handover_due", "not watched: handovers are not part of this version"),
    ("handover_unacked", "not watched: handovers are not part of this version"),
    ("silence_ends", "1 count"),
    ("woken", "2 count"),
    ("budget_spent", "-0.062 ratio"),
    ("budget_soon", "0.182 ratio"),
    ("slo_blind", "quiet"),
    ("incident_stale", "quiet"),
    ("hot_change", "quiet"),
    ("freeze_breach", "not watched: no source of freezes is connected"),
    ("silence_bad", "2 count"),
    ("noisy_rule", "not watched: reviews of alerts are not part of this version"),
    ("recurrence", "not watched: links between incidents are not part of this version"),
    ("action_overdue", "1 count"),
    ("review_missing", "quiet"),
    ("rota_thin", "0.667 ratio"),
    ("promise_due", "not watched: promises are not part of this version"),
    ("unmapped", "quiet"),
];

/// Kinds that are told elsewhere.
const ELSEWHERE: [&str; 2] = ["alert_zombie", "forgetting"];

/// What a kind says: its number, the row that took it in, that it is quiet, or why it is not watched.
fn standing(answer: &Posture, kind: &str) -> String {
    if let Some(reason) = unwatched(answer, kind) {
        return format!("not watched: {reason}");
    }
    let rows: Vec<String> = answer.attention.iter().filter(|row| row.kind == kind).map(number).collect();
    if !rows.is_empty() {
        return rows.join(", ");
    }
    let prefix = format!("{kind}:");
    let taker = answer.attention.iter().find(|row| row.absorbed.iter().any(|id| id.starts_with(&prefix)));
    taker.map_or_else(|| "quiet".to_owned(), |row| format!("in {}", row.id))
}

#[tokio::test]
async fn as_it_opens_every_kind_has_its_say() {
    let dir = tempfile::tempdir().unwrap();
    let (workspace, _clock) = opened(&dir).await;
    let answer = look(&workspace).await;
    let told = KINDS.iter().map(|kind| kind.name).filter(|kind| !ELSEWHERE.contains(kind));
    let told: Vec<(&str, String)> = told.map(|kind| (kind, standing(&answer, kind))).collect();
    let expected: Vec<(&str, String)> = OPENS.iter().map(|(kind, words)| (*kind, (*words).to_owned())).collect();
    assert_eq!(told, expected);
}

#[tokio::test]
async fn without_its_pager_nothing_is_called_quiet() {
    let part = "part = \"pager\"";
    assert!(CONFIG.contains(part));
    let cut = CONFIG.replace(part, &format!("{part}\nunreachable_since = \"0d 03:10\""));
    let dir = tempfile::tempdir().unwrap();
    let (workspace, _clock) = opened_as(&dir, &cut).await;
    let answer = look(&workspace).await;
    let blind = answer.attention.iter().find(|row| row.id == "blind:pager").unwrap();
    assert_eq!(blind.class, AttentionClass::Now);
    assert_eq!(blind.title, "Cannot see pager since Mon 03:10 WET");
    assert_eq!(answer.open_incidents, None, "nobody can say that there is none");
    let pager = answer.sources.iter().find(|source| source.name == "pager").unwrap();
    assert!(pager.stale && pager.hides_now);
    let warned = |answer: &Posture| answer.warnings.iter().any(|warning| warning.source.as_deref() == Some("pager"));
    assert!(warned(&answer));
    // Also when every row was set aside, or there were none.
    let bare = Posture { attention: Vec::new(), ..answer.clone() };
    for answer in [&answer, &bare] {
        let zone = workspace.config.workspace.timezone;
        let told =
            [headline(answer), posture_text(answer, zone, Flavour::Markdown), serde_json::to_string(answer).unwrap()];
        for words in told.map(|words| words.to_lowercase()) {
            for clear in [
                "nothing needs you",
                "all clear",
                "all quiet",
                "no incident",
                "no page",
                "0 pages",
                "\"open_incidents\":0",
            ] {
                assert!(!words.contains(clear), "{clear:?} is claimed: {words}");
            }
        }
        assert!(posture_text(answer, zone, Flavour::Markdown).contains("- Not known: pager failed at its last sync"));
    }
    assert_eq!(headline(&bare), "Cannot tell whether anything needs you: alerts-b, pager not read.");
}
