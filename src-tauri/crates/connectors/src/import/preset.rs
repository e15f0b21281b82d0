//! Exports of known systems. A preset is a mapping file of ours, kept beside this one, and the headers by which a file
//! is known.

use super::column::is_called;
use super::mapping::Mapping;
use super::{ImportError, ImportKind};

/// A known export.
#[derive(Debug, PartialEq, Eq)]
pub struct Preset {
    name: &'static str,
    kind: ImportKind,
    /// Headers that together no other file has.
    known_by: &'static [&'static str],
    /// A mapping file.
    mapping: &'static str,
}

const PRESETS: &[Preset] = &[
    Preset {
        name: "pagerduty",
        kind: ImportKind::Incidents,
        known_by: &["incident_number", "created_on", "resolved_on", "seconds_to_first_ack"],
        mapping: include_str!("presets/pagerduty.toml"),
    },
    Preset {
        name: "opsgenie",
        kind: ImportKind::Incidents,
        known_by: &["Alert ID", "TinyID", "IsSeen", "CreatedAt"],
        mapping: include_str!("presets/opsgenie.toml"),
    },
    Preset {
        name: "goalert",
        kind: ImportKind::Incidents,
        known_by: &["Created At (*", "Closed At (*", "Time to Ack", "Alert ID"],
        mapping: include_str!("presets/goalert.toml"),
    },
    Preset {
        name: "grafana-oncall",
        kind: ImportKind::Shifts,
        known_by: &["user_pk", "user_email", "shift_start", "shift_end"],
        mapping: include_str!("presets/grafana-oncall.toml"),
    },
];

impl Preset {
    /// The preset of a name for a kind of file.
    ///
    /// # Errors
    /// [`ImportError::Mapping`] with the presets that there are.
    pub fn named(kind: ImportKind, name: &str) -> Result<&'static Self, ImportError> {
        PRESETS.iter().find(|preset| preset.kind == kind && preset.name == name).ok_or_else(|| {
            let of_kind = PRESETS.iter().filter(|preset| preset.kind == kind).map(|preset| preset.name);
            let known = of_kind.collect::<Vec<_>>().join(", ");
            let known = if known.is_empty() { "none".to_owned() } else { known };
            ImportError::Mapping {
                key: "preset".to_owned(),
                message: format!("{name:?} is no preset of this kind of file; there are: {known}"),
            }
        })
    }

    /// The preset whose headers are all there.
    pub(super) fn recognise(kind: ImportKind, headers: &[String]) -> Option<&'static Self> {
        let has = |name: &&'static str| headers.iter().any(|header| is_called(header, name));
        PRESETS.iter().find(|preset| preset.kind == kind && preset.known_by.iter().all(has))
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What it says about the columns.
    ///
    /// # Errors
    /// [`ImportError::Mapping`] when the mapping is none; the tests show that all are.
    pub fn mapping(&self) -> Result<Mapping, ImportError> {
        toml::from_str(self.mapping).map_err(|error| ImportError::Mapping {
            key: format!("preset {}", self.name),
            message: error.message().to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::PRESETS;

    #[test]
    fn every_preset_is_a_sound_mapping_that_finds_itself() {
        for preset in PRESETS {
            let mapping = preset.mapping().unwrap();
            mapping.check(preset.kind, chrono_tz::UTC).unwrap();
            assert!(mapping.source.is_some() && mapping.only_these, "{}", preset.name);
            let headers: Vec<String> = preset.known_by.iter().map(|name| name.replace('*', "CET +1)")).collect();
            assert_eq!(super::Preset::recognise(preset.kind, &headers), Some(preset));
        }
    }
}
