//! What is one page, and what is none.

use fairlead_domain::page::PageChannel;
use fairlead_domain::{Timestamp, Window};
use proptest::prelude::*;
use regex::Regex;
use rstest::rstest;

use crate::oncall::{DropReason, DropRule, Interruptions, Notification, PageRules, Quiet, interruptions};

fn at(time: &str) -> Timestamp {
    Timestamp::parse_rfc3339(&format!("2026-02-10T{time}Z")).unwrap()
}

fn notified(who: &str, time: &str, channel: PageChannel) -> Notification {
    Notification {
        who: Some(who.to_owned()),
        at: at(time),
        channel,
        urgency: None,
        occasion: "I-1".to_owned(),
        services: vec!["pd:PSVC1".to_owned(), "pd:Checkout API".to_owned(), "checkout".to_owned()],
        title: Some("Checkout is slow".to_owned()),
        is_test: false,
        is_bot: false,
    }
}

/// Whom, when first, how many notifications.
fn pages<'n>(all: &'n [Notification], found: &Interruptions) -> Vec<(Option<&'n str>, Timestamp, usize)> {
    let page = |page: &crate::oncall::Interruption| {
        (all[page.notifications[0]].who.as_deref(), page.at, page.notifications.len())
    };
    found.counted.iter().map(page).collect()
}

const PUSH: PageChannel = PageChannel::Push;
const SMS: PageChannel = PageChannel::Sms;
const VOICE: PageChannel = PageChannel::Voice;
const EMAIL: PageChannel = PageChannel::Email;

/// The definition of PagerDuty's analytics, on a night of one person and a half.
#[test]
fn notifications_within_a_minute_are_one_page_and_mail_is_none() {
    let all = [
        notified("u1", "01:00:00", PUSH),
        notified("u1", "01:00:05", SMS),
        notified("u1", "01:00:59", VOICE),
        notified("u1", "01:02:30", PUSH),
        notified("u1", "01:03:20", EMAIL),
        notified("u2", "01:00:10", PUSH),
        notified("u1", "03:00:00", PUSH),
    ];
    let found = interruptions(&all, &PageRules::default(), &[]);
    assert_eq!(
        pages(&all, &found),
        [
            (Some("u1"), at("01:00:00"), 3),
            (Some("u2"), at("01:00:10"), 1),
            (Some("u1"), at("01:02:30"), 1),
            (Some("u1"), at("03:00:00"), 1),
        ]
    );
    assert_eq!((found.merged(), found.dropped), (2, vec![(4, DropReason::Channel)]));
}

#[rstest]
#[case::chained(60, &["01:00:00", "01:00:59", "01:01:58", "01:02:57"], 1)]
#[case::the_gap_itself_parts(60, &["01:00:00", "01:01:00"], 2)]
#[case::nothing_merges(0, &["01:00:00", "01:00:00"], 2)]
#[case::longer(300, &["01:00:00", "01:04:59", "01:09:59"], 2)]
fn a_page_goes_on_from_the_notification_before(#[case] secs: u32, #[case] times: &[&str], #[case] expected: usize) {
    let all: Vec<Notification> = times.iter().map(|time| notified("u1", time, PUSH)).collect();
    let rules = PageRules { merge_secs: secs, ..PageRules::default() };
    assert_eq!(interruptions(&all, &rules, &[]).counted.len(), expected);
}

fn drops(service: Option<&str>, title: Option<&str>) -> PageRules {
    let rule = DropRule { service: service.map(str::to_owned), title: title.map(|title| Regex::new(title).unwrap()) };
    let other = DropRule { service: Some("pd:OTHER".to_owned()), title: None };
    PageRules { drop: vec![other, rule], ..PageRules::default() }
}

#[rstest]
#[case::by_id(drops(Some("pd:PSVC1"), None), Some(DropReason::Rule(1)))]
#[case::by_name(drops(Some("pd:Checkout API"), None), Some(DropReason::Rule(1)))]
#[case::by_our_name(drops(Some("checkout"), None), Some(DropReason::Rule(1)))]
#[case::by_title(drops(None, Some("(?i)SLOW")), Some(DropReason::Rule(1)))]
#[case::by_both(drops(Some("checkout"), Some("slow$")), Some(DropReason::Rule(1)))]
#[case::another_service(drops(Some("PSVC1x"), None), None)]
#[case::only_one_of_both(drops(Some("checkout"), Some("^slow")), None)]
#[case::neither(drops(None, None), None)]
#[case::urgency(PageRules { urgency: vec!["low".into()], ..PageRules::default() }, Some(DropReason::Urgency))]
#[case::channel(PageRules { channels: vec![SMS], ..PageRules::default() }, Some(DropReason::Channel))]
fn a_rule_drops_what_meets_all_of_it(#[case] rules: PageRules, #[case] expected: Option<DropReason>) {
    let all = [Notification { urgency: Some("high".to_owned()), ..notified("u1", "01:00:00", PUSH) }];
    let found = interruptions(&all, &rules, &[]);
    assert_eq!(found.dropped.first().map(|(_, reason)| *reason), expected);
    assert_eq!(found.counted.len(), usize::from(expected.is_none()));
}

#[test]
fn an_incident_without_urgency_counts() {
    let rules = PageRules { urgency: vec!["high".into()], ..PageRules::default() };
    assert_eq!(interruptions(&[notified("u1", "01:00:00", PUSH)], &rules, &[]).counted.len(), 1);
}

#[rstest]
#[case::inside(&["checkout"], "01:00:00", true)]
#[case::all_services(&[], "01:00:00", true)]
#[case::another_service(&["ledger"], "01:00:00", false)]
#[case::its_end_is_outside(&["checkout"], "02:00:00", false)]
#[case::its_start_is_inside(&["pd:PSVC1"], "00:30:00", true)]
fn maintenance_of_the_service_is_no_page(#[case] services: &[&str], #[case] time: &str, #[case] dropped: bool) {
    let window = Window::new(at("00:30:00"), at("02:00:00"));
    let quiet = [Quiet { services: services.iter().map(|name| (*name).to_owned()).collect(), window }];
    let found = interruptions(&[notified("u1", time, PUSH)], &PageRules::default(), &quiet);
    let expected: Vec<(usize, DropReason)> = if dropped { vec![(0, DropReason::Maintenance)] } else { Vec::new() };
    assert_eq!(found.dropped, expected);
}

#[test]
fn tests_and_bots_do_not_count_and_the_first_reason_is_told() {
    let all = [
        Notification { is_test: true, is_bot: true, ..notified("u1", "01:00:00", EMAIL) },
        Notification { is_bot: true, ..notified("bot", "01:00:00", EMAIL) },
    ];
    let found = interruptions(&all, &drops(Some("checkout"), None), &[]);
    assert_eq!(found.dropped, [(0, DropReason::Test), (1, DropReason::Rule(1))]);
    assert_eq!(interruptions(&all, &PageRules::default(), &[]).dropped[1], (1, DropReason::Bot));
}

/// Tokens tell withheld persons apart; without any, the notifications of an incident are taken as of one person.
#[test]
fn persons_who_are_withheld_are_counted_without_knowing_who() {
    let token = |token: &str, time: &str| notified(token, time, PUSH);
    let all = [token("1f", "01:00:00"), token("9c", "01:00:10"), token("1f", "01:00:20"), token("9c", "01:00:30")];
    assert_eq!(interruptions(&all, &PageRules::default(), &[]).counted.len(), 2);
    let unknown = |occasion: &str, time: &str| Notification {
        who: None,
        occasion: occasion.to_owned(),
        ..notified("", time, PUSH)
    };
    let all = [unknown("I-1", "01:00:00"), unknown("I-2", "01:00:10"), unknown("I-1", "01:00:20")];
    assert_eq!(interruptions(&all, &PageRules::default(), &[]).counted.len(), 2);
    let mixed = [notified("I-1", "01:00:00", PUSH), unknown("I-1", "01:00:10")];
    assert_eq!(interruptions(&mixed, &PageRules::default(), &[]).counted.len(), 2, "a token is no incident");
}

/// More channels mean more that counts, but also longer chains.
#[test]
fn one_more_channel_can_join_two_pages() {
    let all = [notified("u1", "01:00:00", PUSH), notified("u1", "01:00:50", EMAIL), notified("u1", "01:01:40", PUSH)];
    let pages = |channels: &[PageChannel]| {
        let rules = PageRules { channels: channels.to_vec(), ..PageRules::default() };
        interruptions(&all, &rules, &[]).counted.len()
    };
    assert_eq!((pages(&[PUSH]), pages(&[PUSH, EMAIL])), (2, 1));
}

#[test]
fn a_version_does_not_depend_on_how_rules_are_written() {
    let written = PageRules {
        channels: vec![SMS, PUSH, SMS],
        urgency: vec!["low".into(), "high".into()],
        ..drops(Some("a\"b"), Some("x"))
    };
    let again = PageRules {
        channels: vec![PUSH, SMS],
        urgency: vec!["high".into(), "low".into()],
        ..drops(Some("a\"b"), Some("x"))
    };
    assert_eq!(written.canonical(), again.canonical());
    for other in [
        PageRules { merge_secs: 61, ..again.clone() },
        PageRules { channels: vec![PUSH], ..again.clone() },
        PageRules { drop: Vec::new(), ..again.clone() },
        PageRules { urgency: vec!["low".into()], ..again.clone() },
    ] {
        assert_ne!(other.canonical(), again.canonical());
    }
}

fn any_notification() -> impl Strategy<Value = Notification> {
    let who = prop_oneof![Just(None), Just(Some("u1")), Just(Some("u2")), Just(Some("u3"))];
    let channel = prop::sample::select(PageChannel::ALL);
    let urgency = prop_oneof![Just(None), Just(Some("high")), Just(Some("low")), Just(Some("odd"))];
    let occasion = prop::sample::select(vec!["I-1", "I-2"]);
    (who, 0_i64..1_000, channel, urgency, occasion, prop::bool::weighted(0.1), prop::bool::weighted(0.1)).prop_map(
        |(who, secs, channel, urgency, occasion, is_test, is_bot)| Notification {
            who: who.map(str::to_owned),
            at: Timestamp::from_secs(1_795_000_000 + secs),
            urgency: urgency.map(str::to_owned),
            occasion: occasion.to_owned(),
            title: Some(occasion.to_owned()),
            is_test,
            is_bot,
            ..notified("", "01:00:00", channel)
        },
    )
}

fn any_rules() -> impl Strategy<Value = PageRules> {
    let channels = prop::sample::subsequence(PageChannel::ALL.to_vec(), 0..=PageChannel::ALL.len());
    (channels, 0_u32..200, any::<bool>()).prop_map(|(channels, merge_secs, drop)| PageRules {
        channels,
        merge_secs,
        ..if drop { drops(None, Some("I-2")) } else { PageRules::default() }
    })
}

fn kept(found: &Interruptions) -> usize {
    found.counted.len() + found.merged()
}

proptest! {
    #[test]
    fn every_notification_is_in_one_place(all in prop::collection::vec(any_notification(), 0..40), rules in any_rules()) {
        let found = interruptions(&all, &rules, &[]);
        let mut places: Vec<usize> = found.counted.iter().flat_map(|page| page.notifications.clone()).collect();
        places.extend(found.dropped.iter().map(|(place, _)| *place));
        places.sort_unstable();
        prop_assert_eq!(places, (0..all.len()).collect::<Vec<_>>());
        for page in &found.counted {
            prop_assert_eq!(page.at, all[page.notifications[0]].at);
            prop_assert!(page.notifications.iter().all(|place| all[*place].who == all[page.notifications[0]].who));
        }
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(
        (all, shuffled) in prop::collection::vec(any_notification(), 0..40)
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        rules in any_rules(),
    ) {
        let (one, other) = (interruptions(&all, &rules, &[]), interruptions(&shuffled, &rules, &[]));
        let mut told = (pages(&all, &one), pages(&shuffled, &other));
        told.0.sort();
        told.1.sort();
        prop_assert_eq!(told.0, told.1);
        prop_assert_eq!(one.dropped.len(), other.dropped.len());
    }

    /// What a wider rule may not do: leave out what a narrower one kept, or let a person vanish.
    #[test]
    fn widening_loses_nothing(
        all in prop::collection::vec(any_notification(), 0..40),
        rules in any_rules(),
        more in prop::sample::select(PageChannel::ALL),
    ) {
        let narrow = interruptions(&all, &rules, &[]);
        let wider = PageRules { channels: [rules.channels.clone(), vec![more]].concat(), ..rules.clone() };
        let wide = interruptions(&all, &wider, &[]);
        prop_assert!(kept(&wide) >= kept(&narrow));
        let whom = |found: &Interruptions| {
            pages(&all, found).into_iter().filter_map(|(who, ..)| who.map(str::to_owned)).collect::<std::collections::BTreeSet<_>>()
        };
        prop_assert!(whom(&wide).is_superset(&whom(&narrow)));
        // Without merging there are no chains, and pages follow.
        let unmerged = |rules: &PageRules| interruptions(&all, &PageRules { merge_secs: 0, ..rules.clone() }, &[]).counted.len();
        prop_assert!(unmerged(&wider) >= unmerged(&rules));
    }

    #[test]
    fn a_longer_merge_never_makes_more_pages(
        all in prop::collection::vec(any_notification(), 0..40),
        rules in any_rules(),
        more in 0_u32..200,
    ) {
        let longer = PageRules { merge_secs: rules.merge_secs + more, ..rules.clone() };
        let (short, long) = (interruptions(&all, &rules, &[]), interruptions(&all, &longer, &[]));
        prop_assert!(long.counted.len() <= short.counted.len());
        prop_assert_eq!(kept(&long), kept(&short));
    }
}
