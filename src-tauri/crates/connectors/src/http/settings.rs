//! The keys that every source read over HTTP has in common.

use crate::setting::{Setting, Value};

/// Where the source is. Feed addresses are secrets too.
pub const URL: Setting = Setting {
    key: "url",
    value: Value::TextOrSecret,
    required: true,
    doc: "Address of the source; a path in it is kept in front of every request. Write a reference to a secret when the \
          address itself grants access.",
};

/// How requests prove who asks.
pub const AUTH: Setting = Setting {
    key: "auth",
    value: Value::WordOrTable(&["none"], AUTH_WAYS),
    required: false,
    doc: "How to sign in: \"none\", or one of basic, bearer and headers.",
};

/// The short form of `auth.bearer`.
pub const TOKEN: Setting = Setting {
    key: "token",
    value: Value::Secret,
    required: false,
    doc: "Short for auth = { bearer = … }. May stand beside auth = { headers = … }.",
};

/// Certificates beyond the machine's own.
pub const TLS: Setting = Setting {
    key: "tls",
    value: Value::Table(TLS_KEYS),
    required: false,
    doc: "A private certificate authority and a client certificate. Checks cannot be turned off.",
};

/// The way out of a closed network.
pub const PROXY: Setting = Setting {
    key: "proxy",
    value: Value::TextOrSecret,
    required: false,
    doc: "http://, https://, socks5:// or socks5h:// and a host with port; socks5h resolves names at the proxy. Without \
          it the system's proxy variables count.",
};

/// How long one answer may take.
pub const TIMEOUT: Setting = Setting {
    key: "timeout_secs",
    value: Value::Integer { min: 1, max: 600 },
    required: false,
    doc: "Seconds until a request is given up, 120 by default.",
};

/// When whatever signs in ends. No upstream that is read states it.
pub const TOKEN_EXPIRES: Setting = Setting {
    key: "token_expires",
    value: Value::Moment,
    required: false,
    doc: "When the token, key or certificate ends: \"2026-12-31\", or an instant. Posture reminds of it 14 days before.",
};

/// The pace at which a source is really read.
pub const INTERVAL: Setting = Setting {
    key: "interval_secs",
    value: Value::Integer { min: 60, max: 86_400 },
    required: false,
    doc: "Seconds between two readings, where fairleadctl sync runs by cron: 900 for every 15 minutes. Streams that would be \
          due more often are due at this pace, and the source is stale after two of it.",
};

/// All of them, for kinds that add nothing of their own.
pub const SETTINGS: &[Setting] = &[URL, AUTH, TOKEN, TOKEN_EXPIRES, TLS, PROXY, TIMEOUT, INTERVAL];

const AUTH_WAYS: &[Setting] = &[
    Setting {
        key: "basic",
        value: Value::Table(&[
            Setting { key: "user", value: Value::Text, required: true, doc: "The user's name." },
            Setting { key: "password", value: Value::Secret, required: true, doc: "The password, as a secret." },
        ]),
        required: false,
        doc: "A user and a password.",
    },
    Setting { key: "bearer", value: Value::Secret, required: false, doc: "A token." },
    Setting {
        key: "headers",
        value: Value::Map(&Value::TextOrSecret),
        required: false,
        doc: "Headers sent with every request, for example X-Scope-OrgID. Those that grant access must be secrets.",
    },
];

const TLS_KEYS: &[Setting] = &[
    Setting {
        key: "ca",
        value: Value::Text,
        required: false,
        doc: "File (PEM) with certificate authorities to trust beside the machine's own.",
    },
    Setting {
        key: "cert",
        value: Value::TextOrSecret,
        required: false,
        doc: "Client certificate (PEM): a file's path, or a secret. Needs key.",
    },
    Setting { key: "key", value: Value::Secret, required: false, doc: "The client certificate's private key (PEM)." },
];
