//! How incidents go: who is woken, who takes it, what goes wrong on the way.

use fairlead_domain::page::PageChannel;
use fairlead_domain::time::SECOND_MS;
use fairlead_domain::{Timestamp, Window};

use super::case::{Case, Moment, PRIORITIES, What};
use super::draw::Draw;
use super::person::INES;
use super::policy::Ladder;
use super::rota::Rota;
use super::system::Component;
use super::turn::Turn;

const TITLES: &[&str] = &[
    "High error rate",
    "Latency above target",
    "Disk almost full",
    "Queue grows",
    "Certificate expires soon",
    "Replica lags",
    "Memory pressure <b>on</b> \"api\" & co",
    "Zahlung schlägt fehl – 支払い失敗",
];

/// Days before the end of the story at which the incident began that nobody has taken since.
pub const LINGERING_DAYS: i64 = 40;

/// Everything that incidents depend on.
pub(super) struct Stage<'a> {
    pub(super) window: Window,
    pub(super) services: &'a [Component],
    pub(super) ladders: &'a [Ladder],
    /// Who is on call in the window, by number of the schedule.
    pub(super) turns: Vec<Vec<Turn>>,
}

impl<'a> Stage<'a> {
    pub(super) fn new(window: Window, services: &'a [Component], ladders: &'a [Ladder], rotas: &[Rota]) -> Self {
        Self { window, services, ladders, turns: rotas.iter().map(|rota| rota.turns(window)).collect() }
    }

    /// So many incidents in order of creation, one of which lingers. Moments are numbered in order of time.
    pub(super) fn cases(&self, draw: &mut Draw, count: u32) -> Vec<Case> {
        let seconds = self.window.millis() / SECOND_MS;
        let mut starts: Vec<Timestamp> =
            (0..count).map(|_| self.window.start.plus_millis(draw.between(0, seconds) * SECOND_MS)).collect();
        let lingering = self.window.end.plus_days(-LINGERING_DAYS);
        if let Some(first) = starts.first_mut().filter(|_| lingering >= self.window.start) {
            *first = lingering;
        }
        starts.sort_unstable();
        for (start, ago) in starts.iter_mut().rev().zip([600, 1_200]) {
            *start = later(self.window.end, -ago);
        }
        starts.sort_unstable();
        let mut cases: Vec<Case> = Vec::with_capacity(starts.len());
        for (number, at) in (0..).zip(starts) {
            let mut case = self.opening(draw, number, at);
            match count - number {
                // The story ends with one that nobody has taken yet and one that somebody works on.
                1 => {}
                2 => {
                    let taker = case.assignees().first().map(|(person, _)| *person).or(Some(INES));
                    self.happen(&mut case, later(at, 300), What::Ack, taker);
                }
                _ if at == lingering => {}
                _ => self.course(draw, &mut case, &cases),
            }
            cases.push(case);
        }
        let mut order: Vec<&mut Moment> = cases.iter_mut().flat_map(|case| case.moments.iter_mut()).collect();
        order.sort_by_key(|moment| moment.at);
        (0..).zip(order).for_each(|(number, moment)| moment.number = number);
        cases
    }

    fn opening(&self, draw: &mut Draw, number: u32, at: Timestamp) -> Case {
        let service = draw.pick(self.services);
        let priority = u32::try_from(draw.between(-4, PRIORITIES.len().try_into().unwrap_or(0))).ok();
        let test = draw.chance(2);
        let title = if test { "Test page, please ignore" } else { draw.pick(TITLES).copied().unwrap_or_default() };
        let mut case = Case {
            number,
            title: format!("{title} ({})", service.map_or("", |service| &service.name)),
            service: service.map_or(0, |service| service.number),
            team: service.map_or(0, |service| service.team_at(at)),
            policy: service.map_or(0, |service| service.team_at(at)),
            priority,
            urgent: draw.chance(70),
            moments: Vec::new(),
            merged_into: None,
        };
        push(&mut case, at, What::Trigger, None);
        self.ask(draw, &mut case, at, 0);
        case
    }

    /// Gives it to a level and wakes whoever is on call there; says who that is.
    fn ask(&self, draw: &mut Draw, case: &mut Case, at: Timestamp, level: usize) -> Vec<u32> {
        let ladder = self.ladders.get(case.policy as usize);
        let Some(step) = ladder.and_then(|ladder| ladder.steps.get(level)) else {
            push(case, at, What::Exhaust, None);
            return Vec::new();
        };
        let rostered = step.rotas.iter().filter_map(|rota| self.turns.get(*rota as usize)).flatten();
        let mut people: Vec<u32> =
            rostered.filter(|turn| turn.window.contains(at)).filter_map(|turn| turn.person).collect();
        people.extend(&step.people);
        people.dedup();
        let given = if level == 0 { What::Assign(people.clone()) } else { What::Escalate(people.clone()) };
        push(case, at, given, None);
        for person in &people {
            wake(draw, case, at, *person);
        }
        people
    }

    fn course(&self, draw: &mut Draw, case: &mut Case, earlier: &[Case]) {
        let mut at = case.created();
        let mut asked: Vec<u32> = case.assignees().iter().map(|(person, _)| *person).collect();
        let mut level = 0;
        // Nobody answers: the next level is asked when this one's time is over.
        while asked.is_empty() || (level < 2 && draw.chance(15)) {
            let minutes = self.ladders.get(case.policy as usize).and_then(|ladder| ladder.steps.get(level));
            at = later(at, i64::from(minutes.map_or(30, |step| step.minutes)) * 60);
            level += 1;
            if at >= self.window.end {
                return;
            }
            asked = self.ask(draw, case, at, level);
            if level > 3 {
                break;
            }
        }
        let by = draw.pick(&asked).copied();
        if by.is_none() || draw.chance(8) {
            at = later(at, draw.between(300, 9_000));
            return self.happen(case, at, What::Resolve, None);
        }
        at = later(case.updated().max(at), draw.between(20, 900));
        self.happen(case, at, What::Ack, by);
        if draw.chance(15) {
            at = later(at, 1_800);
            self.happen(case, at, What::Unack, None);
            if let Some(person) = by.filter(|_| at < self.window.end) {
                wake(draw, case, at, person);
            }
            at = later(case.updated().max(at), draw.between(30, 600));
            self.happen(case, at, What::Ack, by);
        }
        at = self.work(draw, case, at, by);
        if let Some(target) = draw.pick(earlier).filter(|_| draw.chance(3)) {
            case.merged_into = Some(target.number);
        }
        at = later(at, draw.between(120, 7_200));
        let resolver = by.filter(|_| draw.chance(70));
        self.happen(case, at, What::Resolve, resolver);
        if case.merged_into.is_none() && draw.chance(4) {
            at = later(at, draw.between(600, 86_400));
            self.happen(case, at, What::Trigger, None);
            if draw.chance(80) {
                at = later(at, draw.between(60, 900));
                self.happen(case, at, What::Ack, by);
                at = later(at, draw.between(120, 7_200));
                self.happen(case, at, What::Resolve, resolver);
            }
        }
        if case.resolved().is_none() {
            case.merged_into = None;
        }
    }

    /// What is done between taking it and ending it.
    fn work(&self, draw: &mut Draw, case: &mut Case, mut at: Timestamp, by: Option<u32>) -> Timestamp {
        for _ in 0..draw.between(0, 4) {
            at = later(at, draw.between(30, 900));
            let what = match draw.between(0, 9) {
                0 => What::Snooze(3_600),
                1 => What::Urgency(!case.is_urgent()),
                2 => {
                    let priority = draw.between(0, 5).try_into().unwrap_or(0);
                    if at < self.window.end {
                        case.priority = Some(priority);
                    }
                    What::Priority(priority)
                }
                3 => {
                    let colleague = self.turns.iter().flatten().find(|turn| turn.window.contains(at));
                    What::Assign(colleague.and_then(|turn| turn.person).into_iter().collect())
                }
                _ => What::Note(format!("Looked at graph {}.", draw.between(1, 400))),
            };
            self.happen(case, at, what, by);
        }
        at
    }

    /// It happens, unless the story ends before.
    fn happen(&self, case: &mut Case, at: Timestamp, what: What, by: Option<u32>) {
        if at < self.window.end {
            push(case, at, what, by);
        }
    }
}

/// One to four messages, until the person would have looked.
fn wake(draw: &mut Draw, case: &mut Case, at: Timestamp, person: u32) {
    let ways = [PageChannel::Push, PageChannel::Sms, PageChannel::Voice, PageChannel::Email];
    let tried = usize::try_from(draw.between(1, 5)).unwrap_or(1);
    for (nth, channel) in (1..).zip(ways.into_iter().take(tried)) {
        let status = if draw.chance(5) { "failed" } else { "success" };
        push(case, later(at, nth * 7), What::Notify { person, channel, status }, None);
    }
}

fn push(case: &mut Case, at: Timestamp, what: What, by: Option<u32>) {
    case.moments.push(Moment { number: 0, at, what, by });
    case.moments.sort_by_key(|moment| moment.at);
}

const fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at.plus_millis(seconds * SECOND_MS)
}
