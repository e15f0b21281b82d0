//! The window shows the app and nothing else.

use tauri::plugin::{Builder, TauriPlugin};
use tauri::{Runtime, Url};

/// Refuses every navigation away from the app's own origin.
pub fn guard<R: Runtime>() -> TauriPlugin<R> {
    Builder::new("navigation").on_navigation(|_, url| is_own(url, cfg!(dev))).build()
}

/// Whether `url` is the app: compared whole, because a host that only begins like ours is somebody else's.
fn is_own(url: &Url, development: bool) -> bool {
    match (url.scheme(), url.host_str(), url.port()) {
        ("tauri", Some("localhost"), None) => true,
        ("http" | "https", Some("tauri.localhost"), None) => true,
        ("http", Some("localhost"), Some(1420)) => development,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_app_is_shown() {
        let cases = [
            ("tauri://localhost/posture", true),
            ("http://tauri.localhost/", true),
            ("http://tauri.evil.example/", false),
            ("http://tauri.localhost.evil.example/", false),
            ("http://localhost:1420/", false),
            ("tauri://evil/", false),
            ("https://example.com/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,x", false),
            ("about:blank", false),
        ];
        for (address, expected) in cases {
            let url = Url::parse(address).unwrap();
            assert_eq!(is_own(&url, false), expected, "{address}");
        }
    }

    #[test]
    fn the_development_server_is_the_app_only_in_development() {
        let url = Url::parse("http://localhost:1420/").unwrap();
        assert!(is_own(&url, true));
    }
}
