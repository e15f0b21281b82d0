//! A secret in plain text is refused where it stands, and never repeated.

use rstest::rstest;

use super::*;

const CANARY: &str = "canary-5ecret";

fn source(kind: &str, settings: &str) -> String {
    let rest = match kind {
        "metrics" if !settings.starts_with("url") => "url = \"https://a.example\"\n",
        _ => "",
    };
    format!("[workspace]\nname = \"H\"\n[[source]]\nname = \"s\"\nkind = \"{kind}\"\n{settings}\n{rest}")
}

#[rstest]
#[case::token("pager", "token = \"canary-5ecret\"", 9)]
#[case::number("pager", "token = 12345", 9)]
#[case::list("pager", "token = [\"canary-5ecret\"]", 9)]
#[case::bearer("metrics", "auth = { bearer = \"canary-5ecret\" }", 19)]
#[case::password("metrics", "auth = { basic = { user = \"u\", password = \"canary-5ecret\" } }", 43)]
#[case::key("metrics", "tls = { key = \"canary-5ecret\" }", 15)]
#[case::header("metrics", "auth = { headers = { Authorization = \"Bearer canary-5ecret\" } }", 38)]
#[case::api_key("metrics", "auth = { headers = { X-Api-Key = \"canary-5ecret\" } }", 34)]
#[case::in_an_address("metrics", "url = \"https://u:canary-5ecret@a.example/\"", 7)]
fn a_secret_in_plain_text_is_refused(#[case] kind: &str, #[case] settings: &str, #[case] column: u32) {
    let errors = Config::parse(&source(kind, settings), KINDS).map(|_| ()).unwrap_err();
    let told: Vec<_> = errors.0.iter().map(|e| (e.line, e.column, e.code)).collect();
    assert_eq!(told, [(6, column, "plain_secret")], "{errors}");
    for way in ["env", "keychain", "command", "file"] {
        assert!(errors.to_string().contains(&format!("{{ {way} = ")), "{errors}");
    }
    assert!(!format!("{errors} {errors:?}").contains(CANARY));
}

#[rstest]
#[case::unknown_way("token = { envv = \"canary-5ecret\" }")]
#[case::two_ways("token = { env = \"A\", file = \"canary-5ecret\" }")]
#[case::no_way("token = {}")]
#[case::empty("token = { env = \"\" }")]
#[case::a_token_for_a_variable("token = { env = \"canary-5ecret\" }")]
#[case::number("token = { file = 5 }")]
#[case::misplaced("token = { env = \"A\" }\nuse = \"canary-5ecret\"")]
#[case::under_a_wrong_key("token = { env = \"A\" }\ntokn = \"canary-5ecret\"")]
#[case::broken_file("token = canary-5ecret")]
#[case::broken_text("token = \"canary-5ecret")]
fn no_message_repeats_what_may_be_a_secret(#[case] settings: &str) {
    let errors = Config::parse(&source("pager", settings), KINDS).map(|_| ()).unwrap_err();
    assert!(!format!("{errors} {errors:?}").contains(CANARY), "{errors}");
}

#[rstest]
#[case::env("token = { env = \"PD_TOKEN\" }")]
#[case::keychain("token = { keychain = \"pd\" }")]
#[case::command("token = { command = \"pass show pd\" }")]
#[case::file("token = { file = \"secrets/pd\" }")]
#[case::open_address("token = { file = \"t\" }\nurl = \"https://eu.pager.example\"")]
#[case::secret_address("token = { file = \"t\" }\nurl = { env = \"FEED\" }")]
fn a_reference_is_taken(#[case] settings: &str) {
    let config = Config::parse(&source("pager", settings), KINDS).unwrap();
    let token = config.sources[0].settings["token"].clone();
    assert!(serde_json::from_value::<fairlead_domain::secret::SecretRef>(token).is_ok());
}

#[rstest]
#[case::query("url = \"https://a.example/rota.ics?token=canary-5ecret\"", true)]
#[case::path("url = \"webcal://a.example/private-canary-5ecret/basic.ics\"", true)]
#[case::public("url = \"https://a.example/holidays.ics?country=PT\"", false)]
#[case::reference("url = { env = \"FEED\" }", false)]
fn an_address_that_seems_to_grant_access_is_warned_of(#[case] url: &str, #[case] warned: bool) {
    let config = Config::parse(&source("pager", &format!("{url}\ntoken = {{ env = \"T\" }}")), KINDS).unwrap();
    let told: Vec<_> = config.warnings.iter().map(|w| (w.code, w.line, w.column)).collect();
    assert_eq!(told, if warned { vec![("plain_address", 6, 7)] } else { Vec::new() });
    for warning in &config.warnings {
        let text = warning.to_string();
        assert!(!text.contains(CANARY), "{text}");
        for way in ["env", "keychain", "command", "file"] {
            assert!(text.contains(&format!("{{ {way} = ")), "{text}");
        }
    }
}
