//! A figure, its goal, and the table of all.

use std::fmt::Write as _;

use serde::Serialize;

use crate::machine::Machine;

/// What a figure should be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// No more than this.
    AtMost(f64),
    /// No less than this.
    AtLeast(f64),
    /// This and nothing else.
    Exactly(f64),
    /// Nothing is promised: it explains another figure.
    None,
}

/// One measured number.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// The row of the table.
    pub row: &'static str,
    /// What was measured.
    pub what: String,
    /// The number; `None`: it could not be measured, and `note` says why.
    pub value: Option<f64>,
    /// Its unit; empty for a ratio or a count.
    pub unit: &'static str,
    /// What it should be.
    pub goal: Goal,
    /// What it is made of.
    pub note: String,
    /// Every run, where there were several.
    pub runs: Vec<f64>,
}

impl Figure {
    /// A number.
    #[must_use]
    pub fn of(row: &'static str, what: impl Into<String>, value: f64, unit: &'static str, goal: Goal) -> Self {
        Self { row, what: what.into(), value: Some(value), unit, goal, note: String::new(), runs: Vec::new() }
    }

    /// Something that could not be measured.
    #[must_use]
    pub fn skipped(row: &'static str, what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { row, what: what.into(), value: None, unit: "", goal: Goal::None, note: why.into(), runs: Vec::new() }
    }

    /// With what it is made of.
    #[must_use]
    pub fn made_of(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// With every run.
    #[must_use]
    pub fn over(mut self, runs: &[f64]) -> Self {
        self.runs = runs.to_vec();
        self
    }

    /// Whether it is as it should be; `None` where nothing is promised or nothing was measured.
    #[must_use]
    pub fn holds(&self) -> Option<bool> {
        let value = self.value?;
        match self.goal {
            Goal::AtMost(goal) => Some(value <= goal),
            Goal::AtLeast(goal) => Some(value >= goal),
            Goal::Exactly(goal) => Some((value - goal).abs() < f64::EPSILON),
            Goal::None => None,
        }
    }

    fn goal_words(&self) -> String {
        match self.goal {
            Goal::AtMost(goal) => format!("<= {goal}"),
            Goal::AtLeast(goal) => format!(">= {goal}"),
            Goal::Exactly(goal) => format!("= {goal}"),
            Goal::None => String::new(),
        }
    }
}

/// Everything of one run.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The machine before the first row.
    pub machine: Machine,
    /// Load after the last one.
    pub load_after: String,
    /// The figures, in the order of the table.
    pub figures: Vec<Figure>,
}

impl Report {
    /// The table, for people.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = format!("{}; after: {}\n", self.machine.words(), self.load_after);
        let lines: Vec<[String; 5]> = self.figures.iter().map(cells).collect();
        let head = ["row", "what", "value", "goal", ""].map(str::to_owned);
        let wide = |column: usize| {
            std::iter::once(&head).chain(&lines).map(|line| line[column].chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..5).map(wide).collect();
        for (line, note) in std::iter::once((&head, "")).chain(lines.iter().zip(self.figures.iter().map(|f| &*f.note)))
        {
            for (cell, width) in line.iter().zip(widths.iter().copied()) {
                // Writing to a text does not fail.
                write!(text, "{cell:width$}  ").ok();
            }
            writeln!(text, "{note}").ok();
        }
        text
    }

    /// How many figures miss their goal.
    #[must_use]
    pub fn missed(&self) -> usize {
        self.figures.iter().filter(|figure| figure.holds() == Some(false)).count()
    }
}

fn cells(figure: &Figure) -> [String; 5] {
    let value = match figure.value {
        None => "skipped".to_owned(),
        Some(value) if figure.unit.is_empty() && value.fract() == 0.0 => format!("{value}"),
        Some(value) => format!("{value:.3} {}", figure.unit).trim_end().to_owned(),
    };
    let verdict = match figure.holds() {
        Some(true) => "ok",
        Some(false) => "MISSED",
        None => "",
    };
    [figure.row.to_owned(), figure.what.clone(), value, figure.goal_words(), verdict.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_met_or_missed_and_a_skipped_row_is_neither() {
        let of = |value, goal| Figure::of("r", "w", value, "", goal).holds();
        assert_eq!(of(1.0, Goal::AtMost(1.0)), Some(true));
        assert_eq!(of(1.1, Goal::AtMost(1.0)), Some(false));
        assert_eq!(of(0.7, Goal::AtLeast(0.7)), Some(true));
        assert_eq!(of(4.0, Goal::Exactly(3.0)), Some(false));
        assert_eq!(Figure::skipped("r", "w", "no display").holds(), None);
    }
}
