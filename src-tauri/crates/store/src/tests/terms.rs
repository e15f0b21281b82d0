//! What is stated about sources themselves.

use super::*;

fn says(stated_by: TermsBy, days: Option<u32>) -> Item {
    Terms { stated_by, retention_secs: days.map(|days| days * 86_400), key_expires_at: None }.into()
}

#[tokio::test]
async fn a_statement_holds_until_another_and_the_first_for_all_time_before() {
    with_source(|w, source| {
        let days = |w: &Writer<'_>, at| {
            let stated = w.source_terms(hours(at))?.into_iter().filter(|row| row.terms.stated_by == TermsBy::Upstream);
            let days: Vec<_> = stated.map(|row| row.terms.retention_secs.map(|secs| secs / 86_400)).collect();
            Ok::<_, StoreError>(days)
        };
        assert_eq!(days(w, 0)?, [], "nobody has said anything");
        w.apply(source, "t", &[says(TermsBy::Upstream, Some(15))], NOW)?;
        assert_eq!(w.apply(source, "t", &[says(TermsBy::Configuration, None)], hours(1))?.inserted, 1);
        assert_eq!(w.apply(source, "t", &[says(TermsBy::Upstream, Some(15))], hours(2))?.unchanged, 1);
        assert_eq!(w.apply(source, "t", &[says(TermsBy::Upstream, Some(30))], hours(3))?.updated, 1);
        assert_eq!(w.apply(source, "t", &[says(TermsBy::Upstream, None)], hours(5))?.updated, 1);
        for (at, then) in [(-99, Some(15)), (2, Some(15)), (3, Some(30)), (5, None)] {
            assert_eq!(days(w, at)?, [then], "{at} h");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_makes_no_older_statement_the_newer_one() {
    with_source(|w, source| {
        w.apply(source, "t", &[says(TermsBy::Upstream, Some(15))], NOW)?;
        w.apply(source, "t", &[says(TermsBy::Upstream, Some(30))], hours(9))?;
        w.apply(source, "t", &[says(TermsBy::Upstream, Some(60))], hours(4))?;
        assert_eq!(w.apply(source, "t", &[says(TermsBy::Upstream, Some(60))], hours(5))?.unchanged, 1);
        let held: Vec<_> = w.source_terms(hours(9))?.into_iter().map(|row| row.terms.retention_secs).collect();
        assert_eq!(held, [Some(60 * 86_400)]);
        Ok(())
    })
    .await;
}
