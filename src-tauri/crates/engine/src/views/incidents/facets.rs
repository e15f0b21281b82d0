//! How many incidents each value of a facet would leave, in one pass: a row counts for a facet when it meets everything
//! but, at most, what is chosen of that facet itself.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;
use specta::Type;

/// A value that one may narrow to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct FacetValue {
    /// What [`super::IncidentFilters`] calls it.
    pub key: String,
    /// How many incidents it would leave, beside all that is chosen of the other facets.
    pub count: u32,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// What one may narrow to, with counts. A value that would leave nothing is left out unless it is chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
pub struct IncidentFacets {
    /// In the order of an incident's life.
    pub statuses: Vec<FacetValue>,
    /// Worst first, then what is not mapped and what is not given.
    pub severities: Vec<FacetValue>,
    /// Most incidents first, then by name.
    pub services: Vec<FacetValue>,
    /// By name.
    pub sources: Vec<FacetValue>,
    /// As decisions name them.
    pub kinds: Vec<FacetValue>,
    /// Newest first.
    pub months: Vec<FacetValue>,
}

/// The values of one facet as they are met.
#[derive(Debug, Default)]
pub(super) struct Values {
    keys: Vec<String>,
    chosen: Vec<bool>,
    counts: Vec<u32>,
    places: HashMap<String, usize>,
    wanted: BTreeSet<String>,
}

impl Values {
    /// A facet of which `wanted` is chosen; `first` are its values in the order in which they are shown.
    pub(super) fn of(wanted: &BTreeSet<&str>, first: impl IntoIterator<Item = String>) -> Self {
        let wanted = wanted.iter().map(|&word| word.to_owned()).collect();
        let mut values = Self { wanted, ..Self::default() };
        for key in first {
            values.place(&key);
        }
        values
    }

    /// The place of a value, which is the same each time.
    pub(super) fn place(&mut self, key: &str) -> usize {
        if let Some(place) = self.places.get(key) {
            return *place;
        }
        let place = self.keys.len();
        self.keys.push(key.to_owned());
        self.chosen.push(self.wanted.contains(key));
        self.counts.push(0);
        self.places.insert(key.to_owned(), place);
        place
    }

    /// Whether a value is none of those that are chosen.
    pub(super) fn refuses(&self, place: usize) -> bool {
        !self.wanted.is_empty() && !self.chosen[place]
    }

    pub(super) fn count(&mut self, place: usize) {
        self.counts[place] += 1;
    }

    /// What there is to show; what was chosen and never met is shown too, else nobody could take it back.
    pub(super) fn told(mut self) -> Vec<FacetValue> {
        for key in std::mem::take(&mut self.wanted) {
            if !self.places.contains_key(&key) {
                self.keys.push(key);
                self.chosen.push(true);
                self.counts.push(0);
            }
        }
        let all = self.keys.into_iter().zip(self.counts).zip(self.chosen);
        let values = all.map(|((key, count), chosen)| FacetValue { key, count, chosen });
        values.filter(|value| value.count > 0 || value.chosen).collect()
    }
}
