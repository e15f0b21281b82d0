//! Prometheus and what speaks like it: Thanos, Mimir, VictoriaMetrics. SLOs of Sloth, Pyrra, OpenSLO and plain
//! expressions, their hours, and the history of alerts.

mod api;
mod catalogue;
mod check;
mod counts;
mod definition;
mod expr;
mod files;
mod hours;
mod occurrence;
mod openslo;
#[cfg(test)]
mod peers;
mod plain;
mod progress;
mod pyrra;
mod ratio;
mod sloth;
mod source;
mod span;
mod window;
mod wire;

use std::sync::{Arc, Mutex};

use serde::Deserialize;
use tokio::sync::OnceCell;

use self::api::Api;
use self::catalogue::Discover;
use self::source::{EmptyChunks, Prometheus};
use crate::http::{Http, settings};
use crate::registry::{Build, Kind};
use crate::setting::{Setting, Value};
use crate::{ConfigIssue, Connector};

/// The kind.
pub(crate) const KIND: Kind = Kind {
    name: "prometheus",
    title: "Prometheus, Thanos, Mimir, VictoriaMetrics",
    settings: SETTINGS,
    streams: |_| source::streams(),
    build,
};

const SETTINGS: &[Setting] = &[
    settings::URL,
    settings::AUTH,
    settings::TOKEN,
    settings::TOKEN_EXPIRES,
    settings::TLS,
    settings::PROXY,
    settings::TIMEOUT,
    settings::INTERVAL,
    SLO,
    EXTERNAL_LABELS,
];

const EXTERNAL_LABELS: Setting = Setting {
    key: "external_labels",
    value: Value::Map(&Value::Text),
    required: false,
    doc: "The server's external_labels. They stand on what it sends to Alertmanager and not on its own ALERTS: with them \
          an alert that both show is recognised as one.",
};

const SLO: Setting = Setting {
    key: "slo",
    value: Value::Table(&[
        Setting {
            key: "discover",
            value: Value::Words(&["sloth", "pyrra"]),
            required: false,
            doc: "Which systems' SLOs to look for; both without this key.",
        },
        Setting {
            key: "openslo",
            value: Value::Texts,
            required: false,
            doc: "OpenSLO files, as patterns relative to the folder of fairlead.toml, for example slo/*.yaml.",
        },
    ]),
    required: false,
    doc: "Where SLOs are defined. SLOs can also be written as [[slo]].",
};

/// The table `slo`.
#[derive(Debug, Default, Deserialize)]
struct SloSettings {
    discover: Option<Vec<String>>,
    #[serde(default)]
    openslo: Vec<String>,
}

fn build(settings: &serde_json::Value, build: &Build<'_>) -> Result<Box<dyn Connector>, ConfigIssue> {
    let slo = settings.get("slo").filter(|slo| !slo.is_null()).map(SloSettings::deserialize).transpose();
    let slo = slo.map_err(|reason| ConfigIssue {
        path: vec!["slo".into()],
        message: format!("slo cannot be read: {reason}"),
        hint: Some("slo = { discover = [\"sloth\", \"pyrra\"], openslo = [\"slo/*.yaml\"] }".into()),
    })?;
    let slo = slo.unwrap_or_default();
    let looks_for = |name: &str| slo.discover.as_ref().is_none_or(|words| words.iter().any(|word| word == name));
    let discover = Discover { sloth: looks_for("sloth"), pyrra: looks_for("pyrra") };
    Ok(Box::new(Prometheus {
        api: Api::new(Http::from_settings(settings, build)?),
        discover,
        folder: build.folder.to_owned(),
        openslo: slo.openslo,
        plain: plain::read(build.slos, build.timezone)?,
        clock: Arc::clone(&build.clock),
        shortest: Mutex::new(None),
        retention: OnceCell::new(),
        empty: EmptyChunks::default(),
    }))
}
