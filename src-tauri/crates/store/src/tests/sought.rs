//! What is sought by an index of its own is what a look at everything finds.

use super::*;
use crate::synced::IncidentFilter;

#[tokio::test]
async fn grave_and_unmapped_incidents_are_those_of_the_whole_list() {
    with_source(|w, source| {
        let made = |n: i64| {
            let id = format!("I{n}");
            let severity = [Some(1), Some(2), Some(3), None, None][usize::try_from(n).unwrap() % 5];
            let severity_raw = (n % 5 != 4).then(|| format!("P{}", n % 7));
            let over = n % 3 == 0;
            Item::from(Incident {
                severity,
                severity_raw,
                status: if over { IncidentStatus::Resolved } else { IncidentStatus::Open },
                resolved_at: over.then(|| hours(n - 9)),
                ..incident(&id, &id, n - 20)
            })
        };
        w.apply(source, "i", &(0..40).map(made).collect::<Vec<_>>(), NOW)?;
        for (since, at) in [(-20, 30), (-12, 5), (-30, -10), (5, 0)].map(|(since, at)| (hours(since), hours(at))) {
            let filter = IncidentFilter { since: Some(since), limit: 1_000, ..IncidentFilter::at(at) };
            let all = w.incidents(&filter)?.incidents;
            let grave = all.iter().filter(|row| row.severity.is_some_and(|severity| severity <= 2)).cloned();
            assert_eq!(w.grave_incidents(since, at, 1_000)?, grave.collect::<Vec<_>>());
            let unmapped = all.iter().filter(|row| row.severity.is_none());
            let words = unmapped.filter_map(|row| Some((row.source.clone(), row.severity_raw.clone()?)));
            let words: std::collections::BTreeSet<_> = words.collect();
            assert_eq!(w.unmapped_words(since, at)?, words.into_iter().collect::<Vec<_>>());
        }
        let newest = w.grave_incidents(hours(-20), hours(30), 3)?;
        assert_eq!(newest.iter().map(|row| row.ext_id.as_str()).collect::<Vec<_>>(), ["I36", "I35", "I31"]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn overdue_items_are_those_that_were_open_and_late_then() {
    with_source(|w, source| {
        let item = |id: &str, status, due: Option<i64>, completed: Option<i64>| -> Item {
            ActionItem {
                ext_id: id.into(),
                incident: None,
                title: id.into(),
                status,
                owner: Some(ines()),
                created_at: hours(-50),
                due_at: due.map(hours),
                completed_at: completed.map(hours),
                priority: None,
                url: None,
            }
            .into()
        };
        let items = [
            item("late", ActionStatus::Open, Some(-10), None),
            item("not yet", ActionStatus::Open, Some(10), None),
            item("never", ActionStatus::Open, None, None),
            item("done late", ActionStatus::Done, Some(-10), Some(-5)),
            item("done in time", ActionStatus::Done, Some(-10), Some(-20)),
            item("dropped", ActionStatus::Cancelled, Some(-10), None),
        ];
        w.apply(source, "a", &items, NOW)?;
        let late = |w: &Writer<'_>, at: i64| -> Result<Vec<String>, StoreError> {
            Ok(w.overdue_action_items(hours(at))?.into_iter().map(|row| row.ext_id).collect())
        };
        assert_eq!(late(w, 0)?, ["late"]);
        assert_eq!(late(w, -7)?, ["done late", "late"]);
        assert_eq!(late(w, -15)?, Vec::<String>::new());
        assert_eq!(late(w, 11)?, ["late", "not yet"]);
        assert_eq!(late(w, -60)?, Vec::<String>::new(), "nothing was made yet");
        Ok(())
    })
    .await;
}
