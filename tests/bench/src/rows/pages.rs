//! How long every page's view takes, with years behind it.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fairlead_domain::Window;
use fairlead_domain::incident::IncidentStatus;
use fairlead_engine::views::frame::frame;
use fairlead_engine::views::incidents::{
    IncidentFilters, IncidentQuery, incident_detail, incident_first, incident_index, incident_list, incident_sheet,
};
use fairlead_engine::views::lanes::{LanesQuery, Span, lanes};
use fairlead_engine::views::oncall::on_call;
use fairlead_engine::views::pages::{page_list, page_preview};
use fairlead_engine::views::people::people;
use fairlead_engine::views::posture::{Since, posture};
use fairlead_engine::views::services::services;
use fairlead_engine::views::slos::{slo_detail, slo_list, slo_page, slo_table};
use fairlead_engine::views::sources::{sources, sources_page};
use fairlead_engine::{Access, Workspace};
use serde::Serialize;
use tokio::runtime::Runtime;

use crate::Outcome;
use crate::figure::{Figure, Goal};
use crate::measure::{Threads, at_rank, median, millis, timed};
use crate::world::{Extent, NOW, World};

const ROW: &str = "views";

/// The worlds to compare, the long one first.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// The long history.
    pub long: Extent,
    /// The short one.
    pub short: Extent,
    /// Answers of each page in each world.
    pub answers: u32,
    /// No more are asked for after so long.
    pub patience: Duration,
}

impl Plan {
    /// So many years, and one.
    #[must_use]
    pub const fn full(years: u32) -> Self {
        Self { long: Extent::years(years), short: Extent::years(1), answers: 200, patience: Duration::from_secs(6) }
    }

    /// A few weeks: that it runs.
    #[must_use]
    pub const fn tiny() -> Self {
        Self { long: Extent::tiny(40), short: Extent::tiny(20), answers: 3, patience: Duration::from_secs(60) }
    }
}

/// A page and the question behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Posture,
    OnCall,
    OnCallMonth,
    Slos,
    Slo,
    Incidents,
    IncidentsOpen,
    IncidentsSearch,
    Incident,
    Pages,
    PagesPreview,
    People,
    Services,
    Sources,
    Frame,
    Lanes(Span),
    SloTable,
    SloSheet,
    IncidentFirst,
    IncidentIndex(Option<u32>),
    IncidentSheet,
    SourceSheet,
}

/// What the window shows, then what the command line tells beside it.
const PAGES: &[(Page, &str)] = &[
    (Page::Posture, "posture"),
    (Page::Frame, "frame"),
    (Page::Lanes(Span::Weeks2), "on-call lanes, 14 days"),
    (Page::Lanes(Span::Quarter), "on-call lanes, a quarter"),
    (Page::SloTable, "slo table"),
    (Page::SloSheet, "slo page"),
    (Page::IncidentFirst, "incidents, first lines"),
    (Page::IncidentIndex(Some(90)), "incidents, index of 90 days"),
    (Page::IncidentIndex(None), "incidents, index of all"),
    (Page::IncidentSheet, "incident sheet"),
    (Page::SourceSheet, "sources page"),
    (Page::OnCall, "oncall"),
    (Page::OnCallMonth, "oncall, 28 days"),
    (Page::Slos, "slos"),
    (Page::Slo, "slo"),
    (Page::Incidents, "incidents"),
    (Page::IncidentsOpen, "incidents, open"),
    (Page::IncidentsSearch, "incidents, search"),
    (Page::Incident, "incident"),
    (Page::Pages, "pages, 28 days"),
    (Page::PagesPreview, "pages preview, 28 days"),
    (Page::People, "people"),
    (Page::Services, "services"),
    (Page::Sources, "sources"),
];

impl Page {
    /// Asks for the page's view and writes it as the window gets it; gives its bytes.
    async fn answer(self, workspace: &Workspace, known: &Known) -> Outcome<usize> {
        let list = |query: IncidentQuery| incident_list(workspace, NOW, IncidentQuery { limit: 50, ..query });
        match self {
            Self::Posture => written(&posture(workspace, NOW, Since::LastSeen).await?),
            Self::OnCall => written(&on_call(workspace, NOW, None).await?),
            Self::OnCallMonth => {
                written(&on_call(workspace, NOW, Some(Window::new(NOW.plus_days(-14), NOW.plus_days(14)))).await?)
            }
            Self::Slos => written(&slo_list(workspace, NOW).await?),
            Self::Slo => written(&slo_detail(workspace, NOW, &known.slo).await?),
            Self::Incidents => written(&list(IncidentQuery::default()).await?),
            Self::IncidentsOpen => {
                let statuses = vec![IncidentStatus::Open, IncidentStatus::Acked, IncidentStatus::Mitigated];
                written(&list(IncidentQuery { statuses, ..IncidentQuery::default() }).await?)
            }
            Self::IncidentsSearch => {
                let text = Some("latency zone".to_owned());
                written(&list(IncidentQuery { text, ..IncidentQuery::default() }).await?)
            }
            Self::Incident => written(&incident_detail(workspace, NOW, &known.incident).await?),
            Self::Pages => written(&page_list(workspace, NOW, None).await?),
            Self::PagesPreview => written(&page_preview(workspace, NOW, None, None).await?),
            Self::People => written(&people(workspace, NOW).await?),
            Self::Services => written(&services(workspace, NOW).await?),
            Self::Sources => written(&sources(workspace, NOW).await?),
            Self::Frame => written(&frame(workspace)),
            Self::Lanes(span) => written(&lanes(workspace, NOW, LanesQuery { from: None, span, team: None }).await?),
            Self::SloTable => written(&slo_table(workspace, NOW, None).await?),
            Self::SloSheet => written(&slo_page(workspace, NOW, &known.slo).await?),
            Self::IncidentFirst => written(&incident_first(workspace, NOW, IncidentFilters::default(), 80).await?),
            Self::IncidentIndex(days) => {
                let filters = IncidentFilters { days, ..IncidentFilters::default() };
                written(&incident_index(workspace, NOW, filters).await?)
            }
            Self::IncidentSheet => written(&incident_sheet(workspace, NOW, &known.incident).await?),
            Self::SourceSheet => written(&sources_page(workspace, NOW).await?),
        }
    }
}

fn written(answer: &impl Serialize) -> Outcome<usize> {
    Ok(serde_json::to_vec(answer)?.len())
}

/// Ids that detail pages are asked for.
struct Known {
    slo: String,
    incident: String,
}

impl Known {
    async fn of(workspace: &Workspace) -> Outcome<Self> {
        let slos = slo_list(workspace, NOW).await?;
        let incidents = incident_list(workspace, NOW, IncidentQuery { limit: 1, ..IncidentQuery::default() }).await?;
        let slo = slos.slos.first().map(|slo| slo.id.clone()).ok_or("the world has no SLO")?;
        let incident = incidents.incidents.first().map(|i| i.id.clone()).ok_or("the world has no incident")?;
        Ok(Self { slo, incident })
    }
}

/// One world, open.
struct Side {
    workspace: Arc<Workspace>,
    known: Known,
}

impl Side {
    async fn open(shelf: &Path, extent: Extent) -> Outcome<Self> {
        let workspace = World::at(shelf, extent).await?.open(Access::Write).await?;
        let known = Known::of(&workspace).await?;
        Ok(Self { workspace, known })
    }
}

/// Asks every page of both worlds in turns.
///
/// # Errors
/// Why a page gives no answer.
pub fn measure(shelf: &Path, plan: &Plan) -> Outcome<Vec<Figure>> {
    let runtime = Runtime::new()?;
    let long = runtime.block_on(Side::open(shelf, plan.long))?;
    let short = runtime.block_on(Side::open(shelf, plan.short))?;
    let mut figures = Vec::new();
    for (page, name) in PAGES {
        figures.extend(compare(&runtime, (*page, *name), &long, &short, plan)?);
    }
    runtime.block_on(async {
        long.workspace.close().await?;
        short.workspace.close().await
    })?;
    Ok(figures)
}

fn compare(
    runtime: &Runtime,
    (page, name): (Page, &str),
    long: &Side,
    short: &Side,
    plan: &Plan,
) -> Outcome<Vec<Figure>> {
    let ask = |side: &Side| timed(&Threads::none(), || runtime.block_on(page.answer(&side.workspace, &side.known)));
    // The first answer fills caches.
    let (bytes, _) = ask(long)?;
    ask(short)?;
    let (mut wall, mut cpu, mut cpu_short) = (Vec::new(), Vec::new(), Vec::new());
    let begun = Instant::now();
    while wall.len() < plan.answers as usize && (wall.len() < 7 || begun.elapsed() < plan.patience) {
        let (_, spent) = ask(long)?;
        wall.push(millis(spent.wall));
        cpu.push(millis(spent.cpu));
        cpu_short.push(millis(ask(short)?.1.cpu));
    }
    let ratio = median(&cpu) / median(&cpu_short).max(f64::MIN_POSITIVE);
    let note = format!(
        "p50 {:.2} ms, cpu {:.2} ms; short {:.2} ms cpu; {} answers of {} KiB",
        median(&wall),
        median(&cpu),
        median(&cpu_short),
        wall.len(),
        bytes / 1024
    );
    Ok(vec![
        Figure::of(ROW, format!("{name}: p99"), at_rank(&wall, 0.99), "ms", Goal::AtMost(20.0))
            .made_of(note)
            .over(&wall),
        Figure::of(ROW, format!("{name}: cpu, long / short"), ratio, "", Goal::AtMost(1.5)),
    ])
}
