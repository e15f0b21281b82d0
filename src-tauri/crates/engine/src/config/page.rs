//! Reads `[page]`.

use fairlead_domain::page::PageChannel;
use regex::Regex;

use super::document::{Node, parse};
use super::fault::{ConfigErrors, Findings};
use super::model::{DropRule, PageRules};
use super::section::{Fault, Section, understood, word};

/// Reads `[page]` alone out of a file.
pub(super) fn proposed(file: &str, text: &str) -> Result<PageRules, ConfigErrors> {
    let mut findings = Findings::of(file, text);
    let node = parse(text, &mut findings).and_then(|root| root.get("page").cloned());
    let rules = node.map(|node| read(&node, &mut findings));
    match rules {
        Some(rules) if findings.errors.is_empty() => Ok(rules),
        _ => {
            if findings.errors.is_empty() {
                let hint = "write [page] and below it what is to count".to_owned();
                findings.error(&(0..0), "missing_key", format!("{file} has no [page]"), Some(hint));
            }
            Err(ConfigErrors(findings.errors))
        }
    }
}

pub(super) fn read(node: &Node, findings: &mut Findings) -> PageRules {
    let mut rules = PageRules::default();
    let Some(section) = Section::of("[page]", node, findings) else { return rules };
    section.only(&["channels", "urgency", "merge_secs", "drop"], findings);
    if section.table.get("channels").is_some() {
        rules.channels = words(&section, "channels", findings, |text| {
            let known: Vec<&str> = PageChannel::ALL.iter().map(|channel| channel.word()).collect();
            word(text, &known, PageChannel::from_word)
        });
    }
    if section.table.get("urgency").is_some() {
        let known = ["high", "low"];
        rules.urgency = words(&section, "urgency", findings, |text| {
            word(text, &known, |text| known.contains(&text).then(|| text.to_owned()))
        });
    }
    if let Some(secs) = section.integer("merge_secs", (0, 86_400), findings) {
        rules.merge_secs = u32::try_from(secs).unwrap_or(rules.merge_secs);
    }
    rules.drop = section.list("drop", findings).iter().filter_map(|node| drop_rule(node, findings)).collect();
    rules
}

fn words<T>(
    section: &Section<'_>,
    key: &str,
    findings: &mut Findings,
    parse: impl Fn(&str) -> Result<T, Fault>,
) -> Vec<T> {
    let texts = section.texts(key, findings);
    texts.iter().filter_map(|text| understood(text, key, findings, &parse)).collect()
}

fn drop_rule(node: &Node, findings: &mut Findings) -> Option<DropRule> {
    let section = Section::of("drop", node, findings)?;
    section.only(&["service", "title"], findings);
    if section.table.0.is_empty() {
        findings.error(&node.at, "missing_key", "a drop rule needs \"service\" or \"title\"".to_owned(), None);
        return None;
    }
    let service = section.text("service", findings).map(|text| text.text.to_owned());
    let title = section.parsed("title", findings, regular_expression);
    (service.is_some() || title.is_some()).then_some(DropRule { service, title })
}

fn regular_expression(text: &str) -> Result<Regex, Fault> {
    Regex::new(text).map_err(|error| {
        let all = error.to_string();
        let reason = all.lines().last().unwrap_or_default().trim_start_matches("error: ");
        (format!("this is no regular expression: {reason}"), None)
    })
}
