//! Answers as Alertmanager gives them, and what is made of them.

mod asking;
mod looks;
mod reading;
