//! Which paths there are and which parameters each knows.

use super::answer::Answer;
use super::asked::Asked;
use super::view::View;
use super::{
    account, analytics, escalation_policies, incident_parts, incidents, log_entries, notifications, oncalls, schedules,
    services, shift_schedules, teams, users,
};

/// One operation.
pub(super) struct Route {
    /// The path as the description writes it.
    pub(super) path: &'static str,
    /// Parameters of the query, lists with their brackets.
    pub(super) params: &'static [&'static str],
    pub(super) answer: fn(&View, &Asked) -> Answer,
}

macro_rules! routes {
    ($($path:literal [$($param:literal)*] $answer:path;)+) => {
        &[$(Route { path: $path, params: &[$($param),*], answer: $answer }),+]
    };
}

/// Everything that is read with GET. Where two fit, the first does.
pub(super) const ROUTES: &[Route] = routes! {
    "/users" ["query" "team_ids[]" "limit" "offset" "total" "include[]"] users::list;
    "/users/me" ["include[]"] users::me;
    "/users/{id}" ["include[]"] users::one;
    "/users/{id}/contact_methods" [] users::contact_methods;
    "/teams" ["limit" "offset" "total" "query"] teams::list;
    "/teams/{id}/members" ["limit" "offset" "total" "include[]"] teams::members;
    "/services" ["query" "limit" "offset" "total" "team_ids[]" "time_zone" "sort_by" "include[]" "name"] services::list;
    "/services/{id}" ["include[]"] services::one;
    "/escalation_policies"
        ["limit" "offset" "total" "query" "user_ids[]" "team_ids[]" "include[]" "sort_by"] escalation_policies::list;
    "/escalation_policies/{id}" ["include[]"] escalation_policies::one;
    "/schedules"
        ["limit" "offset" "total" "query" "include[]" "time_zone" "include_next_oncall_for_user" "since" "until"
         "team_ids[]"] schedules::list;
    "/schedules/{id}" ["time_zone" "since" "until" "overflow" "include_next_oncall_for_user"] schedules::one;
    "/schedules/{id}/overrides" ["since" "until" "editable" "overflow"] schedules::overrides;
    "/v3/schedules" ["limit" "offset" "query" "total" "team_ids[]"] shift_schedules::list;
    "/v3/schedules/{id}" ["since" "until" "time_zone" "overflow" "include[]"] shift_schedules::one;
    "/v3/schedules/{id}/overrides"
        ["since" "until" "time_zone" "overflow" "limit" "offset"] shift_schedules::overrides;
    "/v3/schedules/{id}/custom_shifts"
        ["since" "until" "time_zone" "overflow" "limit" "offset"] shift_schedules::custom_shifts;
    "/oncalls"
        ["time_zone" "limit" "offset" "total" "include[]" "user_ids[]" "escalation_policy_ids[]" "schedule_ids[]"
         "since" "until" "earliest"] oncalls::list;
    "/incidents"
        ["limit" "offset" "total" "date_range" "incident_key" "service_ids[]" "team_ids[]" "user_ids[]" "urgencies[]"
         "time_zone" "statuses[]" "sort_by" "include[]" "since" "until"] incidents::list;
    "/incidents/custom_fields" ["include[]"] incident_parts::custom_fields;
    "/incidents/types" ["filter"] incident_parts::types;
    "/incidents/{id}" ["include[]"] incidents::one;
    "/incidents/{id}/alerts"
        ["limit" "offset" "total" "alert_key" "statuses[]" "sort_by" "include[]"] incident_parts::alerts;
    "/incidents/{id}/log_entries"
        ["limit" "offset" "total" "time_zone" "since" "until" "is_overview" "include[]"] log_entries::of_incident;
    "/incidents/{id}/notes" [] incident_parts::notes;
    "/incidents/{id}/custom_fields/values" [] incident_parts::custom_field_values;
    "/log_entries"
        ["limit" "offset" "total" "time_zone" "since" "until" "is_overview" "include[]" "team_ids[]"] log_entries::list;
    "/notifications"
        ["limit" "offset" "total" "time_zone" "since" "until" "filter" "include[]"] notifications::list;
    "/priorities" ["limit" "offset" "total"] account::priorities;
    "/abilities" [] account::abilities;
    "/audit/records"
        ["limit" "cursor" "since" "until" "root_resource_types[]" "actor_type" "actor_id" "method_type"
         "method_truncated_token" "actions[]"] account::audit;
    "/maintenance_windows"
        ["query" "limit" "offset" "total" "team_ids[]" "service_ids[]" "include[]" "filter"] account::maintenance_windows;
    "/business_services" ["limit" "offset" "total"] services::business;
};

/// The one operation that is read with POST.
pub(super) const ANALYTICS: Route =
    Route { path: "/analytics/raw/incidents", params: &[], answer: analytics::raw_incidents };

/// The operation of a path, and what stands for `{id}` in it.
pub(super) fn route(path: &str) -> Option<(&'static Route, String)> {
    ROUTES.iter().find_map(|route| matches(route.path, path).map(|id| (route, id)))
}

fn matches(pattern: &str, path: &str) -> Option<String> {
    let (mut wanted, mut found) = (pattern.split('/'), path.split('/'));
    let mut id = String::new();
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return Some(id),
            (Some("{id}"), Some(part)) if !part.is_empty() => part.clone_into(&mut id),
            (Some(wanted), Some(found)) if wanted == found => {}
            _ => return None,
        }
    }
}

impl Route {
    /// Whether it knows a parameter. A single schedule takes `include[]` though the description does not say so: every
    /// client sends it.
    pub(super) fn knows(&self, param: &str) -> bool {
        self.params.contains(&param) || (self.path == "/schedules/{id}" && param == "include[]")
    }

    /// Whether it is part of the newer interface, which names no version in `Accept`.
    pub(super) fn is_v3(&self) -> bool {
        self.path.starts_with("/v3/")
    }

    /// By what a right to it is withheld: the first word of its path.
    pub(super) fn resource(&self) -> &'static str {
        let path = self.path.strip_prefix("/v3").unwrap_or(self.path);
        path.trim_start_matches('/').split('/').next().unwrap_or_default()
    }
}
