//! Reading the ratio of a recording rule as events per hour.
//!
//! A rule states `bad / total` or `1 - good / total` over a short window. Rewritten on the syntax tree, with every
//! range set to one hour and every `rate` made an `increase`, its two sides count the events of `[t − 1 h, t)`. Only
//! expressions that grow in proportion to the window may be read so; others are refused, and the SLO stays with the
//! mean of ratios.

use std::time::Duration;

use promql_parser::parser::token::{T_ADD, T_DIV, T_LAND, T_LOR, T_LUNLESS, T_MUL, T_SUB};
use promql_parser::parser::token::{T_AVG, T_COUNT, T_GROUP, T_MAX, T_MIN, T_SUM};
use promql_parser::parser::{BinaryExpr, Call, Expr, parse};

const HOUR: Duration = Duration::from_secs(3600);

/// Longest expression that is looked into, in bytes.
const MAX_LENGTH: usize = 32 * 1024;

/// Deepest nesting that is looked into, so that a hostile expression cannot exhaust the stack.
const MAX_DEPTH: usize = 64;

/// Expressions whose value at `t` counts events of `[t − 1 h, t)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counts {
    /// Good events.
    pub good: String,
    /// All events.
    pub total: String,
}

/// The side of a ratio that is asked for beside all events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Numerator {
    /// Good events. Absent beside a total: none was good.
    Good(String),
    /// Bad events. Absent beside a total: none was bad, as error counters often begin with the first error.
    Bad(String),
}

/// Why an expression cannot be read as events per hour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct Unfit(String);

fn unfit<T>(reason: impl Into<String>) -> Result<T, Unfit> {
    Err(Unfit(reason.into()))
}

/// Events per hour behind an error ratio that was measured over `window`.
///
/// # Errors
/// Says which construct does not grow with the window.
pub(super) fn hourly_counts(error_ratio: &str, window: Duration) -> Result<Counts, Unfit> {
    let ratio = checked_parse(error_ratio)?;
    let (numerator, total) = match bare(&ratio) {
        Expr::Binary(b) if b.op.id() == T_DIV => quotient(b)?,
        Expr::Binary(b) if b.op.id() == T_SUB && is_number(&b.lhs, 1.0) => complement(bare(&b.rhs))?,
        _ => return unfit("it is no quotient"),
    };
    let total = hourly(&total, window)?;
    let good = match numerator {
        Side::Good(expr) => hourly(&expr, window)?.to_string(),
        Side::Bad(expr) => good_of_bad(&hourly(&expr, window)?, &total),
        Side::Fraction(fraction) => {
            let mut fraction = fraction;
            scale(&mut fraction, Resize { from: window, to: HOUR })?;
            format!("{fraction} * {total}")
        }
    };
    Ok(Counts { good, total: total.to_string() })
}

/// What to ask for: the bad events where `good` was made from them by [`hourly_counts`], so that the total is not
/// evaluated again within it; else the good events.
pub(super) fn numerator(good: &str, total: &str) -> Numerator {
    bad_of_good(good, total).map_or_else(|| Numerator::Good(good.to_owned()), Numerator::Bad)
}

/// The good events of bad ones. `0 * total` stands in where no bad event was ever counted.
pub(super) fn good_from_bad(bad: &str, total: &str) -> String {
    format!("({total}) - (({bad}) or 0 * ({total}))")
}

fn good_of_bad(bad: &Expr, total: &Expr) -> String {
    good_from_bad(&bad.to_string(), &total.to_string())
}

fn bad_of_good(good: &str, total: &str) -> Option<String> {
    let (good, total) = (checked_parse(good).ok()?, checked_parse(total).ok()?);
    let Expr::Binary(difference) = bare(&good) else { return None };
    let Expr::Binary(either) = bare(&difference.rhs) else { return None };
    let Expr::Binary(zero) = bare(&either.rhs) else { return None };
    let shaped = difference.op.id() == T_SUB && either.op.id() == T_LOR && zero.op.id() == T_MUL;
    let same = bare(&difference.lhs) == bare(&total) && bare(&zero.rhs) == bare(&total) && is_number(&zero.lhs, 0.0);
    (shaped && same).then(|| bare(&either.lhs).to_string())
}

/// A query with ranges of its own as events of `range`, for documents that state counts themselves. All its ranges
/// must be equal; they are set to `range`.
///
/// # Errors
/// Says which construct does not grow with the window.
pub(super) fn events_over(query: &Expr, range: Duration) -> Result<String, Unfit> {
    let own = first_range(query).ok_or_else(|| Unfit("it has no range".into()))?;
    let mut scaled = without_default(query).clone();
    match scale(&mut scaled, Resize { from: own, to: range })? {
        Growth::Power(1) => Ok(scaled.to_string()),
        _ => unfit("it does not grow with the window"),
    }
}

fn first_range(expr: &Expr) -> Option<Duration> {
    match expr {
        Expr::MatrixSelector(matrix) => Some(matrix.range),
        Expr::Subquery(subquery) => Some(subquery.range),
        Expr::Aggregate(aggregate) => first_range(&aggregate.expr),
        Expr::Binary(binary) => first_range(&binary.lhs).or_else(|| first_range(&binary.rhs)),
        Expr::Paren(paren) => first_range(&paren.expr),
        Expr::Unary(unary) => first_range(&unary.expr),
        Expr::Call(call) => call.args.args.iter().find_map(|argument| first_range(argument)),
        _ => None,
    }
}

/// Whether PromQL is understood.
///
/// # Errors
/// The parser's words.
pub(super) fn checked_parse(text: &str) -> Result<Expr, Unfit> {
    if text.len() > MAX_LENGTH {
        return unfit(format!("it is longer than {MAX_LENGTH} bytes"));
    }
    let mut depth: usize = 0;
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return unfit(format!("it is nested deeper than {MAX_DEPTH}"));
        }
    }
    parse(text).map_err(|reason| Unfit(fairlead_domain::text::clean_line(&reason)))
}

enum Side {
    Good(Expr),
    Bad(Expr),
    Fraction(Expr),
}

fn quotient(division: &BinaryExpr) -> Result<(Side, Expr), Unfit> {
    if division.modifier.as_ref().is_some_and(|m| m.matching.is_some()) {
        return unfit("its quotient matches labels");
    }
    let total = without_default(&division.rhs).clone();
    let bad = without_default(&division.lhs);
    if let Expr::Binary(b) = bad
        && b.op.id() == T_SUB
        && bare(&b.lhs) == &total
    {
        return Ok((Side::Good(without_default(&b.rhs).clone()), total));
    }
    Ok((Side::Bad(bad.clone()), total))
}

/// The subtrahend of `1 - x`.
fn complement(success: &Expr) -> Result<(Side, Expr), Unfit> {
    match success {
        Expr::Binary(b) if b.op.id() == T_DIV => {
            if b.modifier.as_ref().is_some_and(|m| m.matching.is_some()) {
                return unfit("its quotient matches labels");
            }
            Ok((Side::Good(without_default(&b.lhs).clone()), without_default(&b.rhs).clone()))
        }
        Expr::Call(call) if call.func.name == "histogram_fraction" => {
            let Some(histogram) = call.args.args.get(2) else { return unfit("histogram_fraction lacks its histogram") };
            let total = checked_parse(&format!("histogram_count({histogram})"))?;
            Ok((Side::Fraction(success.clone()), total))
        }
        _ => unfit("it is no quotient"),
    }
}

/// Without parentheses around it.
pub(super) fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(paren) => bare(&paren.expr),
        other => other,
    }
}

/// Without `or vector(0)`, which would make a missing series look like a silent one.
fn without_default(expr: &Expr) -> &Expr {
    match bare(expr) {
        Expr::Binary(b) if b.op.id() == T_LOR && is_zero_vector(bare(&b.rhs)) => without_default(&b.lhs),
        other => other,
    }
}

fn is_zero_vector(expr: &Expr) -> bool {
    matches!(expr, Expr::Call(call) if call.func.name == "vector" && call.args.args.iter().all(|a| is_number(a, 0.0)))
}

fn is_number(expr: &Expr, value: f64) -> bool {
    matches!(bare(expr), Expr::NumberLiteral(number) if number.val == value)
}

/// `expr` over one hour instead of `window`.
fn hourly(expr: &Expr, window: Duration) -> Result<Expr, Unfit> {
    let mut hourly = expr.clone();
    match scale(&mut hourly, Resize { from: window, to: HOUR })? {
        Growth::Power(1) => Ok(hourly),
        _ => unfit("it does not grow with the window"),
    }
}

/// How an expression grows with the window it measures: zero fits anything, else by a power of the length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Growth {
    Zero,
    Power(i8),
}

impl Growth {
    fn alike(self, other: Self) -> Result<Self, Unfit> {
        match (self, other) {
            (Self::Zero, any) | (any, Self::Zero) => Ok(any),
            (Self::Power(a), Self::Power(b)) if a == b => Ok(self),
            _ => unfit("it mixes counts with other quantities"),
        }
    }

    fn times(self, other: Self, sign: i8) -> Result<Self, Unfit> {
        match (self, other) {
            (Self::Zero, _) => Ok(Self::Zero),
            (_, Self::Zero) if sign > 0 => Ok(Self::Zero),
            (Self::Power(a), Self::Power(b)) => Ok(Self::Power(a.saturating_add(b.saturating_mul(sign)))),
            _ => unfit("it divides by zero"),
        }
    }
}

/// Which ranges are replaced by which.
#[derive(Debug, Clone, Copy)]
struct Resize {
    from: Duration,
    to: Duration,
}

fn scale(expr: &mut Expr, window: Resize) -> Result<Growth, Unfit> {
    match expr {
        Expr::Paren(paren) => scale(&mut paren.expr, window),
        Expr::Unary(unary) => scale(&mut unary.expr, window),
        Expr::NumberLiteral(number) if number.val == 0.0 => Ok(Growth::Zero),
        Expr::NumberLiteral(_) | Expr::StringLiteral(_) => Ok(Growth::Power(0)),
        Expr::VectorSelector(_) => unfit("a gauge weighs its counts"),
        Expr::Aggregate(aggregate) => {
            let inner = scale(&mut aggregate.expr, window)?;
            match aggregate.op.id() {
                T_SUM | T_AVG | T_MIN | T_MAX => Ok(inner),
                T_COUNT | T_GROUP => Ok(Growth::Power(0)),
                _ => unfit(format!("{} is not understood", aggregate.op)),
            }
        }
        Expr::Binary(binary) => scale_binary(binary, window),
        Expr::Call(call) => scale_call(call, window),
        Expr::MatrixSelector(_) | Expr::Subquery(_) | Expr::Extension(_) => unfit("a range stands alone"),
    }
}

fn scale_binary(binary: &mut BinaryExpr, window: Resize) -> Result<Growth, Unfit> {
    let left = scale(&mut binary.lhs, window)?;
    let right = scale(&mut binary.rhs, window)?;
    match binary.op.id() {
        T_ADD | T_SUB | T_LOR => left.alike(right),
        T_MUL => left.times(right, 1),
        T_DIV => left.times(right, -1),
        T_LAND | T_LUNLESS => Ok(left),
        _ if binary.op.is_comparison_operator() && !binary.return_bool() && right == Growth::Zero => Ok(left),
        _ => unfit(format!("{} is not understood", binary.op)),
    }
}

fn scale_call(call: &mut Call, window: Resize) -> Result<Growth, Unfit> {
    let name = call.func.name;
    let args = &mut call.args.args;
    match name {
        "rate" | "increase" => {
            set_range(args.first_mut(), window)?;
            call.func.name = "increase";
            Ok(Growth::Power(1))
        }
        "sum_over_time" | "count_over_time" => set_range(args.first_mut(), window).map(|()| Growth::Power(1)),
        "histogram_fraction" => scale_argument(args.get_mut(2), window).map(|_| Growth::Power(0)),
        "clamp_min" | "clamp_max" if args.get(1).is_some_and(|bound| is_number(bound, 0.0)) => {
            scale_argument(args.first_mut(), window)
        }
        "histogram_count" | "histogram_sum" | "abs" | "label_replace" | "label_join" | "sort" | "vector" | "scalar" => {
            scale_argument(args.first_mut(), window)
        }
        _ => unfit(format!("{name} does not count over the window")),
    }
}

fn scale_argument(argument: Option<&mut Box<Expr>>, window: Resize) -> Result<Growth, Unfit> {
    argument.map_or_else(|| unfit("an argument is missing"), |expr| scale(expr, window))
}

fn set_range(argument: Option<&mut Box<Expr>>, window: Resize) -> Result<(), Unfit> {
    let range = match argument.map(|expr| &mut **expr) {
        Some(Expr::MatrixSelector(matrix)) => &mut matrix.range,
        Some(Expr::Subquery(subquery)) => &mut subquery.range,
        _ => return unfit("a range is missing"),
    };
    if *range != window.from {
        return unfit("its ranges differ from its window");
    }
    *range = window.to;
    Ok(())
}

#[cfg(test)]
#[path = "expr_tests.rs"]
mod tests;
