//! One view-model per page. The command line and the window read the same ones, so a number never differs.

pub mod alerts;
pub mod answer;
pub mod frame;
pub mod freshness;
pub mod hidden;
pub mod incidents;
pub mod oncall;
pub mod pages;
pub mod people;
pub mod places;
pub mod posture;
pub mod services;
pub mod slos;
pub mod sources;
pub mod unmapped;
pub mod wording;

#[cfg(test)]
mod demo_tests;
#[cfg(test)]
mod past_tests;
#[cfg(test)]
mod tests;
