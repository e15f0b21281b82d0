//! The shape of the Posture answer (cli.md `status`).

use fairlead_domain::Timestamp;
use fairlead_domain::run::RunState;
use serde::Serialize;
use specta::Type;

use super::budgets::BudgetAtRisk;
use super::open::OpenIncident;
use crate::page_rules::PageRulesVersion;
use crate::views::answer::Warning;
use crate::views::hidden::HiddenCounts;
use crate::views::oncall::OnCallEntry;
use crate::views::unmapped::Unmapped;

/// What needs the lead, and how much is known.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Posture {
    /// The instant this speaks of.
    #[specta(type = String)]
    pub as_of: Timestamp,
    /// What limits it.
    pub warnings: Vec<Warning>,
    /// Rows in the order of posture.md.
    pub attention: Vec<Attention>,
    /// Kinds whose data is not there; never counted as quiet.
    pub not_watched: Vec<NotWatched>,
    /// What changed since the lead last looked.
    pub since_last: SinceLast,
    /// Who is on call at `as_of`.
    pub on_call: Vec<OnCallEntry>,
    /// Open, acknowledged and mitigated incidents; `None` if a stream of incidents failed or never succeeded.
    pub open_incidents: Option<u32>,
    /// The worst of them by name, at most five; while their number is not known, of those that were read. `None`: no
    /// source of incidents is connected, and none was imported.
    pub open_list: Option<Vec<OpenIncident>>,
    /// SLOs by state.
    pub slos: SloCounts,
    /// The worst of the SLOs that are not simply well.
    pub budgets_at_risk: Vec<BudgetAtRisk>,
    /// Every source with its freshness.
    pub sources: Vec<SourceFreshness>,
    /// Open incidents that are left out of all of this.
    pub hidden: HiddenCounts,
    /// The rules by which pages are counted and incidents left out.
    pub page_rules: PageRulesVersion,
    /// What the rows behind this name and nobody has mapped yet.
    pub unmapped: Unmapped,
}

impl Posture {
    /// How many are open beside those that are named; nothing when all are, or none is.
    #[must_use]
    pub fn open_unnamed(&self) -> Option<String> {
        let named = self.open_list.as_ref().map(Vec::len).filter(|named| *named > 0)?;
        match self.open_incidents {
            Some(all) => (all as usize).checked_sub(named).filter(|more| *more > 0).map(|more| format!("{more} more")),
            None => Some("how many more is not known".to_owned()),
        }
    }
}

/// One row of the ranked list.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct Attention {
    /// Stable id: the kind and what it is about.
    pub id: String,
    /// A kind of posture.md, for example `budget_spent`.
    pub kind: String,
    /// When it needs the lead.
    pub class: AttentionClass,
    /// The service's tier, 1 the most important.
    pub tier: Option<u8>,
    /// What, in one line.
    pub title: String,
    /// Why, with its number.
    pub reason: String,
    /// The number.
    pub value: Option<f64>,
    /// Its unit: `ratio`, `secs`, `x`, `count`.
    pub unit: Option<String>,
    /// Since when.
    #[specta(type = Option<String>)]
    pub since: Option<Timestamp>,
    /// Until when.
    #[specta(type = Option<String>)]
    pub due: Option<Timestamp>,
    /// The team concerned.
    pub team: Option<String>,
    /// The service concerned.
    pub service: Option<String>,
    /// The one thing to do.
    pub action: Action,
    /// Ids of rows that this one took in, and of those that it stands for.
    pub absorbed: Vec<String>,
    /// Ids of the other rows of its kind that it stands for: each is a thing of its own.
    pub folded: Vec<String>,
    /// What made it fire.
    pub why: Why,
    /// Hidden until then; null also while it is hidden until it is worse: see `snoozed`.
    #[specta(type = Option<String>)]
    pub snoozed_until: Option<Timestamp>,
    /// Set aside: until when and why.
    pub snoozed: Option<Snoozed>,
    /// Always null: the order is stated in words, there is no weight behind it.
    pub score: Option<f64>,
}

/// How a row was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Snoozed {
    /// Until then; null: until it is worse.
    #[specta(type = Option<String>)]
    pub until: Option<Timestamp>,
    /// Until its class rises, or its number is a fifth worse.
    pub until_worse: bool,
    /// Why.
    pub reason: Option<String>,
    /// Since when.
    #[specta(type = String)]
    pub at: Timestamp,
}

/// When a row needs the lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AttentionClass {
    /// At once.
    Now,
    /// Before the day ends.
    Today,
    /// This week.
    Week,
}

/// The one thing to do about a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Action {
    /// A short verb phrase for the button, for example `Open SLO`.
    pub verb: String,
    /// Where it leads: a path within the app or an https address of the source.
    pub link: Option<String>,
}

/// What made a row fire, on demand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Why {
    /// The rule, in words.
    pub trigger: String,
    /// The threshold that was passed.
    pub threshold: Option<String>,
    /// The rows behind it, one line each.
    pub rows: Vec<String>,
    /// Where they come from.
    pub source: Option<String>,
}

/// A kind that cannot fire because its data is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct NotWatched {
    /// The kind.
    pub kind: String,
    /// What would have to be connected or declared.
    pub reason: String,
}

/// What changed since the lead last looked.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct SinceLast {
    /// From when.
    #[specta(type = String)]
    pub since: Timestamp,
    /// One line each.
    pub lines: Vec<ChangeLine>,
}

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ChangeLine {
    /// What kind, for example `incidents_opened`.
    pub kind: String,
    /// In words.
    pub text: String,
    /// Where its rows are.
    pub link: Option<String>,
    /// The rows behind it, one line each; empty where the text says all.
    pub rows: Vec<String>,
}

/// SLOs by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Type)]
pub struct SloCounts {
    /// Within budget.
    pub ok: u32,
    /// Half spent, or burning slowly.
    pub warn: u32,
    /// Nearly spent, or burning fast.
    pub critical: u32,
    /// Nothing left.
    pub spent: u32,
    /// Nothing to measure.
    pub no_traffic: u32,
    /// Cannot be told.
    pub unknown: u32,
    /// Of those within budget, so many that saw too few events to be judged.
    pub too_few: u32,
}

impl SloCounts {
    /// Counts an SLO by the word of its state, and by whether it saw too few events.
    pub(in crate::views) fn count(&mut self, state: &str, too_few: bool) {
        let place = match state {
            "ok" => &mut self.ok,
            "warn" => &mut self.warn,
            "critical" => &mut self.critical,
            "spent" => &mut self.spent,
            "no_traffic" => &mut self.no_traffic,
            _ => &mut self.unknown,
        };
        *place += 1;
        self.too_few += u32::from(too_few && state == "ok");
    }
}

/// How fresh a source is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SourceFreshness {
    /// The source.
    pub name: String,
    /// The last sync's outcome.
    pub state: RunState,
    /// When it last succeeded.
    #[specta(type = Option<String>)]
    pub last_ok_at: Option<Timestamp>,
    /// The last run failed, or is older than two intervals.
    pub stale: bool,
    /// Something that needs the lead at once is judged by it, and was not read whole.
    pub hides_now: bool,
}
