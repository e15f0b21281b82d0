//! `[service.*]`, and which of them a source means by a name.

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::sync::OnceLock;

use super::model::ServiceConfig;

/// The configured services by name. Views ask for thousands of names, so the names are sorted out once.
#[derive(Debug, Default)]
pub struct Services {
    by_name: BTreeMap<String, ServiceConfig>,
    called: OnceLock<Called>,
}

/// Names of services by what they are called; where several are called the same, the first by name counts.
#[derive(Debug, Default)]
struct Called {
    /// By name, and by what is `also` said without a source.
    anywhere: HashMap<String, String>,
    /// By `source:what`.
    also: HashMap<String, String>,
}

impl Called {
    fn of(services: &BTreeMap<String, ServiceConfig>) -> Self {
        let mut called = Self::default();
        for (name, service) in services {
            called.anywhere.entry(name.clone()).or_insert_with(|| name.clone());
            for also in &service.also {
                called.anywhere.entry(also.clone()).or_insert_with(|| name.clone());
                called.also.entry(also.clone()).or_insert_with(|| name.clone());
            }
        }
        called
    }
}

impl Services {
    /// The service that `source` calls `name`: its configured name, and the rest.
    #[must_use]
    pub fn called(&self, source: &str, name: &str) -> Option<(&str, &ServiceConfig)> {
        let called = self.called.get_or_init(|| Called::of(&self.by_name));
        let there = called.also.get(&format!("{source}:{name}"));
        let first = [called.anywhere.get(name), there].into_iter().flatten().min()?;
        self.by_name.get_key_value(first).map(|(name, service)| (name.as_str(), service))
    }

    /// The services, to be changed.
    pub fn change(&mut self) -> &mut BTreeMap<String, ServiceConfig> {
        self.called = OnceLock::new();
        &mut self.by_name
    }
}

impl Clone for Services {
    /// What is called how is sorted out anew: a copy is made to be changed.
    fn clone(&self) -> Self {
        Self { by_name: self.by_name.clone(), called: OnceLock::new() }
    }
}

impl From<BTreeMap<String, ServiceConfig>> for Services {
    fn from(by_name: BTreeMap<String, ServiceConfig>) -> Self {
        Self { by_name, called: OnceLock::new() }
    }
}

impl Deref for Services {
    type Target = BTreeMap<String, ServiceConfig>;

    fn deref(&self) -> &Self::Target {
        &self.by_name
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the configuration means, service by service.
    fn plainly<'s>(services: &'s Services, source: &str, name: &str) -> Option<&'s str> {
        let means = |(key, service): &(&String, &ServiceConfig)| {
            let also = |also: &String| {
                also.strip_prefix(source).and_then(|rest| rest.strip_prefix(':')) == Some(name) || also == name
            };
            *key == name || service.also.iter().any(also)
        };
        services.iter().find(means).map(|(key, _)| key.as_str())
    }

    proptest! {
        #[test]
        fn a_name_means_the_first_service_that_is_called_so(
            names in proptest::collection::btree_map("[ab]|a:b|b:a", proptest::collection::vec("[ab]|a:[ab]|b:[ab]", 0..3), 0..4),
            source in "[ab]",
            name in "[ab]|a:b",
        ) {
            let service = |also| ServiceConfig { team: None, tier: None, also };
            let by_name: BTreeMap<_, _> = names.into_iter().map(|(name, also)| (name, service(also))).collect();
            let services = Services::from(by_name);
            prop_assert_eq!(services.called(&source, &name).map(|(key, _)| key), plainly(&services, &source, &name));
        }
    }

    #[test]
    fn what_was_changed_is_called_as_it_stands_then() {
        let mut services = Services::default();
        assert!(services.called("pd", "P1").is_none());
        let also = vec!["pd:P1".to_owned()];
        services.change().insert("checkout".to_owned(), ServiceConfig { team: None, tier: None, also });
        assert_eq!(services.called("pd", "P1").map(|(key, _)| key), Some("checkout"));
    }
}
