//! What was counted already, kept from one reading to the next.

use std::collections::BTreeSet;

use fairlead_domain::slo::Slo;
use serde::{Deserialize, Serialize};

use super::hours::Hours;
use crate::alert_labels::fingerprint;

/// Which hours of which SLOs were counted: `[from, end)` in seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Progress {
    from: i64,
    end: i64,
    /// Tells sets of SLOs and their expressions apart.
    digest: String,
    /// The SLOs whose past is read.
    slos: BTreeSet<String>,
}

impl Progress {
    /// These hours of these SLOs.
    pub fn of(slos: &[Slo], hours: Hours) -> Self {
        let told = |slo: &Slo| (slo.ext_id.clone(), format!("{:?}{:?}", slo.good_expr, slo.total_expr));
        Self {
            from: hours.first(),
            end: hours.end(),
            digest: fingerprint(&slos.iter().map(told).collect()),
            slos: slos.iter().map(|slo| slo.ext_id.clone()).collect(),
        }
    }

    /// Whether the other is part of this.
    pub fn holds(&self, other: &Self) -> bool {
        self.digest == other.digest && self.from <= other.from && other.end <= self.end
    }

    /// The SLOs whose past was never read.
    pub fn unseen(&self, slos: &[Slo]) -> Vec<Slo> {
        slos.iter().filter(|slo| !self.slos.contains(&slo.ext_id)).cloned().collect()
    }

    /// With what was read before, where the two touch; else the later of them.
    pub fn joined(self, before: Option<Self>) -> Self {
        match before.filter(|before| before.digest == self.digest) {
            Some(before) if before.from <= self.end && self.from <= before.end => {
                Self { from: self.from.min(before.from), end: self.end.max(before.end), ..self }
            }
            Some(before) if before.end > self.end => before,
            _ => self,
        }
    }

    /// Without SLOs whose past is still to be read.
    pub fn without(mut self, late: &[String]) -> Self {
        self.slos.retain(|slo| !late.contains(slo));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(from: i64, end: i64, digest: &str) -> Progress {
        Progress { from, end, digest: digest.into(), slos: BTreeSet::from([digest.to_owned()]) }
    }

    #[test]
    fn what_was_read_is_remembered_exactly() {
        let whole = read(10, 20, "a").joined(Some(read(15, 30, "a")));
        assert_eq!(whole, read(10, 30, "a"));
        assert!(whole.holds(&read(12, 30, "a")));
        assert!(!whole.holds(&read(9, 30, "a")), "a longer past is asked for");
        assert!(!whole.holds(&read(12, 30, "b")), "other SLOs are asked for");
        assert_eq!(read(0, 5, "a").joined(Some(read(15, 30, "a"))), read(15, 30, "a"), "a hole between is no reading");
        assert!(whole.without(&["a".into()]).slos.is_empty());
    }
}
