//! What a reader of the data may have to reload.

use crate::words;

words! {
    /// One area of data. Writers say which areas they changed; readers declare which they show.
    DataTag {
        /// People, teams, identities.
        People = "people",
        /// Services and their owners.
        Services = "services",
        /// Schedules, shifts, leave, holidays.
        OnCall = "on_call",
        /// Incidents, timelines, pages.
        Incidents = "incidents",
        /// Alerts and silences.
        Alerts = "alerts",
        /// SLOs and their hours.
        Slos = "slos",
        /// Deploys, maintenance, freezes.
        Changes = "changes",
        /// Action items.
        Actions = "actions",
        /// Sources, runs, coverage.
        Sources = "sources",
        /// Settings and the configuration.
        Settings = "settings",
    }
}
