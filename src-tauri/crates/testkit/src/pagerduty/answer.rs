//! Answers and refusals as the vendor words them.

use serde_json::{Value, json};

/// Status and JSON.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
}

impl Answer {
    pub(super) const fn ok(body: Value) -> Self {
        Self { status: 200, body }
    }

    /// A refusal with the vendor's code and reasons.
    pub(super) fn refusal(status: u16, code: u32, message: &str, errors: &[&str]) -> Self {
        let mut error = json!({ "message": message, "code": code });
        if !errors.is_empty() {
            error["errors"] = json!(errors);
        }
        Self { status, body: json!({ "error": error }) }
    }

    /// 400: the arguments are wrong.
    pub(super) fn invalid(reason: &str) -> Self {
        Self::refusal(400, 2001, "Invalid Input Provided", &[reason])
    }

    /// 400 of the newer interface, whose reasons stand under the argument's name.
    pub(super) fn invalid_v3(argument: &str, reason: &str) -> Self {
        let errors = json!({ argument: [reason] });
        Self { status: 400, body: json!({ "error": { "message": "Invalid Request", "code": 2001, "errors": errors } }) }
    }

    pub(super) fn unauthorized() -> Self {
        Self::refusal(401, 2006, "Authentication failed", &[])
    }

    pub(super) fn forbidden() -> Self {
        Self::refusal(403, 2010, "Access Denied", &[])
    }

    pub(super) fn not_found() -> Self {
        Self::refusal(404, 2100, "Not Found", &[])
    }

    pub(super) fn too_many() -> Self {
        Self::refusal(429, 2020, "Too Many Requests", &["Rate limit exceeded"])
    }
}
