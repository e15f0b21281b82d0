//! Alertmanager and what speaks its second interface: which alerts fire, which are silenced or inhibited, and the
//! silences with who made them and why. It keeps no history: what is seen is sampled.

mod alerts;
mod api;
mod check;
mod looks;
mod silences;
mod source;
#[cfg(test)]
mod tests;
mod wire;

use std::sync::Arc;

use self::api::Api;
use self::source::Alertmanager;
use crate::http::{Http, settings};
use crate::registry::{Build, Kind};
use crate::setting::{Setting, Value};
use crate::{ConfigIssue, Connector};

/// The kind.
pub(crate) const KIND: Kind =
    Kind { name: "alertmanager", title: "Alertmanager", settings: SETTINGS, streams: |_| source::streams(), build };

const SETTINGS: &[Setting] = &[
    settings::URL,
    settings::AUTH,
    settings::TOKEN,
    settings::TOKEN_EXPIRES,
    settings::TLS,
    settings::PROXY,
    settings::TIMEOUT,
    settings::INTERVAL,
    RESEND,
];

const RESEND: Setting = Setting {
    key: "resend_secs",
    value: Value::Integer { min: 1, max: 3600 },
    required: false,
    doc: "Seconds within which every sender states its firing alerts again, 300 by default. After a restart, which loses \
          them, nothing is taken to be over before they have passed.",
};

/// Prometheus sends again each minute, or at each evaluation of a group where that is less often; few groups are
/// evaluated less often than every five minutes, because series are looked back at for no longer.
const DEFAULT_RESEND_SECS: i64 = 300;

fn build(settings: &serde_json::Value, build: &Build<'_>) -> Result<Box<dyn Connector>, ConfigIssue> {
    let resend = settings.get("resend_secs").and_then(serde_json::Value::as_i64).unwrap_or(DEFAULT_RESEND_SECS);
    Ok(Box::new(Alertmanager {
        api: Api::new(Http::from_settings(settings, build)?),
        resend_millis: resend * fairlead_domain::time::SECOND_MS,
        clock: Arc::clone(&build.clock),
    }))
}
