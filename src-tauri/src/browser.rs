//! Hands an address to the system's browser. The window itself never leaves the app.

use std::process::Stdio;
use std::time::Duration;

use tauri::Url;
use tokio::process::Command;

use crate::error::CommandError;

/// What opens addresses on this system.
const OPENER: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
/// An opener that has not failed by then has done its work, even where it stays beside the browser.
const PATIENCE: Duration = Duration::from_secs(2);

/// Opens an address of the web.
///
/// # Errors
/// `not_web` for any other address; `no_opener` where the system has nothing that opens one, or where that failed.
pub async fn open(address: &str) -> Result<(), CommandError> {
    let url = web(address).ok_or_else(|| CommandError {
        code: "not_web".to_owned(),
        message: "this address is not one of the web, so it is not opened".to_owned(),
        hint: None,
    })?;
    run(OPENER, url.as_str()).await
}

async fn run(opener: &str, address: &str) -> Result<(), CommandError> {
    let refused = |reason: &dyn std::fmt::Display| CommandError {
        code: "no_opener".to_owned(),
        message: format!("{opener} could not open the address: {reason}"),
        hint: Some("Copy the link and open it in a browser.".to_owned()),
    };
    // One argument, no shell: nothing in the address is a command. It begins with a scheme, so it is no option either.
    let mut command = Command::new(opener);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| refused(&error))?;
    match tokio::time::timeout(PATIENCE, child.wait()).await {
        Err(_) => Ok(()),
        Ok(Ok(status)) if status.success() => Ok(()),
        Ok(Ok(status)) => Err(refused(&status)),
        Ok(Err(error)) => Err(refused(&error)),
    }
}

/// An address of the web, without credentials in it.
fn web(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let plain = url.username().is_empty() && url.password().is_none();
    (matches!(url.scheme(), "http" | "https") && url.host_str().is_some() && plain).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_opened() {
        let cases = [
            ("https://pd.example/incidents/1?a=b#c", true),
            ("http://127.0.0.1:9093/", true),
            ("https://user:word@pd.example/", false),
            ("file:///etc/passwd", false),
            ("javascript:alert(1)", false),
            ("--help", false),
            ("mailto:a@b.example", false),
            ("https:///", false),
        ];
        for (address, opened) in cases {
            assert_eq!(web(address).is_some(), opened, "{address}");
        }
    }

    #[tokio::test]
    async fn an_opener_that_fails_or_is_not_there_is_told() {
        assert_eq!(run("true", "https://pd.example/").await, Ok(()));
        let missing = run("fairlead-no-such-opener", "https://pd.example/").await.unwrap_err();
        assert_eq!((missing.code.as_str(), missing.hint.is_some()), ("no_opener", true));
        assert_eq!(run("false", "https://pd.example/").await.unwrap_err().code, "no_opener");
    }
}
