//! SLOs, their hours and days.

use fairlead_domain::Window;
use proptest::prelude::*;

use super::*;

fn all() -> Window {
    Window::new(Timestamp::EARLIEST, Timestamp::LATEST)
}

fn hour(at: Timestamp, figures: SliFigures) -> Item {
    SliHour { slo: "checkout".into(), hour: at, figures }.into()
}

#[tokio::test]
async fn a_changed_objective_is_a_new_version_and_the_old_one_stays() {
    with_source(|w, source| {
        w.apply(source, "slo", &[slo(0.999).into()], NOW)?;
        w.apply(source, "slo", &[slo(0.99).into()], hours(5))?;
        let objective = |w: &Writer<'_>, at| Ok::<_, StoreError>(w.slos(at)?[0].slo.objective);
        assert!((objective(w, hours(-1_000))? - 0.999).abs() < 1e-12, "the first one stands for all time before");
        assert!((objective(w, hours(4))? - 0.999).abs() < 1e-12);
        assert!((objective(w, hours(5))? - 0.99).abs() < 1e-12);
        let id = w.slos(NOW)?[0].id;
        assert_eq!(w.slo_versions(id)?.len(), 2);
        assert_eq!(w.source_slos(source)?, [slo(0.99)]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn partial_figures_of_an_hour_come_together() {
    with_source(|w, source| {
        let counts = SliFigures { good: Some(9.0), total: Some(10.0), ..SliFigures::default() };
        let ratios = SliFigures { ratio_sum: Some(0.5), ratio_count: Some(12.0), ..SliFigures::default() };
        w.apply(source, "h", &[hour(hours(-1), counts)], NOW)?;
        assert_eq!(w.apply(source, "h", &[hour(hours(-1), ratios)], NOW)?.updated, 1);
        assert_eq!(w.apply(source, "h", &[hour(hours(-1), counts)], NOW)?.unchanged, 1);
        let stored = w.sli_hours(all())?[0].figures;
        assert_eq!(stored, SliFigures { ratio_sum: Some(0.5), ratio_count: Some(12.0), ..counts });
        assert!(w.slos(NOW)?.is_empty(), "hours alone define no SLO");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_upstream_figure_is_stored_when_it_differs() {
    with_source(|w, source| {
        let say = |at: i64, budget_remaining: f64| -> Item {
            SloUpstream { slo: "checkout".into(), at: hours(at), budget_remaining }.into()
        };
        w.apply(source, "u", &[say(0, 0.5), say(1, 0.5), say(2, 0.4), say(-1, 0.5)], NOW)?;
        let at =
            |w: &Writer<'_>, t| Ok::<_, StoreError>(w.slo_upstreams(hours(t))?.first().map(|u| (u.at, u.remaining)));
        assert_eq!(at(w, -2)?, None);
        assert_eq!(at(w, 1)?, Some((hours(-1), 0.5)), "one row stands for the whole time it said so");
        assert_eq!(at(w, 9)?, Some((hours(2), 0.4)));
        Ok(())
    })
    .await;
}

fn figure() -> impl Strategy<Value = Option<f64>> {
    // Whole numbers add up exactly in any order.
    proptest::option::of((0..1_000_i32).prop_map(f64::from))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_day_is_the_sum_of_its_hours(batches in proptest::collection::vec(
        proptest::collection::vec((0..72_i64, figure(), figure(), figure()), 1..20), 1..5))
    {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(with_source(move |w, source| {
            for batch in &batches {
                let items: Vec<Item> = batch.iter().map(|(at, total, ratio, slices)| {
                    let figures = SliFigures { total: *total, ratio_count: *ratio, slices: *slices, ..SliFigures::default() };
                    hour(hours(*at), figures)
                }).collect();
                w.apply(source, "h", &items, NOW)?;
            }
            let mut expected: BTreeMap<Timestamp, (u32, Option<f64>, Option<f64>, u32)> = BTreeMap::new();
            let add = |sum: &mut Option<f64>, more: Option<f64>| if let Some(more) = more { *sum = Some(sum.unwrap_or(0.0) + more) };
            for row in w.sli_hours(all())? {
                let day = expected.entry(row.hour.floor_day()).or_default();
                day.0 += 1;
                add(&mut day.1, row.figures.total);
                add(&mut day.2, row.figures.slices);
                day.3 += u32::from(row.figures.total == Some(0.0));
            }
            let found: BTreeMap<_, _> = w.sli_days(all())?.into_iter()
                .map(|d| (d.day, (d.hours, d.figures.total, d.figures.slices, d.event_hours.1))).collect();
            assert_eq!(found, expected);
            Ok(())
        }));
    }

    #[test]
    fn hours_of_packed_days_are_the_stored_ones(
        measured in proptest::collection::vec((0..2_usize, 0..72_i64, figure(), figure()), 1..40),
        from in -2..74_i64, length in 0..80_i64, forgotten in 0..4_i64)
    {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (dir, store) = synced().await;
            let items: Vec<Item> = measured.iter().map(|(slo, at, total, ratio)| {
                let figures = SliFigures { total: *total, ratio_sum: ratio.map(|r| r / 7.0), ..SliFigures::default() };
                SliHour { slo: format!("slo-{slo}"), hour: hours(*at), figures }.into()
            }).collect();
            let write = store.write(move |w| {
                let source = w.ensure_source("pd", "pagerduty", NOW)?;
                w.apply(source, "h", &items, NOW)
            });
            write.await.unwrap();
            // As a day that was rolled up by an earlier program.
            let connection = rusqlite::Connection::open(crate::Database::Synced.path(dir.path())).unwrap();
            let day = hours(24 * forgotten).floor_day().as_millis();
            connection.execute("UPDATE sli_day SET packed = NULL WHERE day = ?1", [day]).unwrap();
            let window = Window::new(hours(from), hours(from + length));
            let read = store.read(move |reader| {
                let mut found = Vec::new();
                reader.each_slo_hours(window, &mut |slo, hours| found.extend(hours.iter().map(|hour| (slo, *hour))))?;
                let stored = reader.sli_hours(window)?;
                Ok((found, stored.into_iter().map(|row| (row.slo, (row.hour, row.figures))).collect::<Vec<_>>()))
            });
            let (found, stored) = read.await.unwrap();
            assert_eq!(found, stored);
        });
    }
}
