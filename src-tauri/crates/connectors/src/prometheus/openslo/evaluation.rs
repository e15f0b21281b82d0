//! Documents' queries as expressions over one hour.
//!
//! A range selector reaches back to both its ends on older servers and not to the first on newer ones. Slices are
//! therefore sampled over one second less than an hour, which gives the same slices on both.

use std::time::Duration;

use fairlead_domain::slo::BudgetMethod;
use promql_parser::parser::token::{T_ADD, T_SUB, T_SUM};
use promql_parser::parser::{Expr, MatrixSelector};

use super::super::expr::{bare, checked_parse, events_over, good_from_bad};
use super::super::span;
use super::document::{Indicator, Metric, Objective, Ratio, SloSpec};

const HOUR: Duration = Duration::from_secs(3600);

/// Kinds of systems that answer PromQL, in lower case.
const PROMQL_KINDS: [&str; 9] =
    ["prometheus", "thanos", "mimir", "grafanamimir", "cortex", "victoriametrics", "amp", "gmp", "promql"];

/// How an objective is counted over one hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    /// By what.
    pub method: BudgetMethod,
    /// Good events, good slices, or the sum of the slices' ratios.
    pub good: String,
    /// All events or measured slices.
    pub total: String,
}

/// Finds the type of a data source by name.
pub(super) type SourceKind<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Expressions for an objective.
///
/// # Errors
/// Says why the document cannot be evaluated here.
pub(super) fn evaluate(
    spec: &SloSpec,
    objective: &Objective,
    indicator: &Indicator,
    kinds: SourceKind<'_>,
) -> Result<Counted, String> {
    let method = spec.budgeting_method.as_deref().unwrap_or("Occurrences");
    let slicing = Slicing::read(method, objective)?;
    match (&indicator.ratio_metric, &indicator.threshold_metric) {
        (Some(ratio), None) => ratio_counted(ratio, slicing, kinds),
        (None, Some(metric)) => threshold_counted(&query(metric, kinds)?, objective, slicing),
        (Some(_), Some(_)) => Err("it has both ratioMetric and thresholdMetric".into()),
        (None, None) => Err("its indicator has neither ratioMetric nor thresholdMetric".into()),
    }
}

/// How the hour is cut.
#[derive(Debug, Clone, Copy)]
enum Slicing {
    None,
    Target { slice: Duration, target: Option<f64> },
    Mean { slice: Duration },
}

impl Slicing {
    fn read(method: &str, objective: &Objective) -> Result<Self, String> {
        let written = objective.time_slice_window.as_deref().unwrap_or("1m");
        let slice = span::parse(written).filter(|slice| {
            let secs = slice.as_secs();
            slice.subsec_nanos() == 0 && (1..=3600).contains(&secs) && 3600 % secs == 0
        });
        let slice = slice.ok_or_else(|| format!("the timeSliceWindow {written:?} does not divide an hour"));
        match method {
            "Occurrences" => Ok(Self::None),
            "Timeslices" => Ok(Self::Target { slice: slice?, target: objective.time_slice_target }),
            "RatioTimeslices" => Ok(Self::Mean { slice: slice? }),
            other => Err(format!("the budgetingMethod {other:?} is unknown")),
        }
    }
}

fn query(metric: &Metric, kinds: SourceKind<'_>) -> Result<String, String> {
    let kind = metric.kind().map(str::to_owned).or_else(|| metric.reference().and_then(kinds));
    if let Some(kind) = kind.filter(|kind| !PROMQL_KINDS.contains(&kind.to_ascii_lowercase().as_str())) {
        return Err(format!("its data source is {kind:?}, not Prometheus"));
    }
    metric.query().map(str::to_owned).ok_or_else(|| "its metric has no query".into())
}

fn ratio_counted(ratio: &Ratio, slicing: Slicing, kinds: SourceKind<'_>) -> Result<Counted, String> {
    if let Some(raw) = &ratio.raw {
        let raw = query(raw, kinds)?;
        return match ratio.raw_type.as_deref() {
            Some("success") | None => Ok(sliced(&format!("({raw})"), None, slicing)),
            Some("failure") => Ok(sliced(&format!("(1 - ({raw}))"), None, slicing)),
            Some(other) => Err(format!("the rawType {other:?} is unknown")),
        };
    }
    let total = query(ratio.total.as_ref().ok_or("its ratioMetric has no total")?, kinds)?;
    let (part, is_bad) = match (&ratio.good, &ratio.bad) {
        (Some(good), None) => (query(good, kinds)?, false),
        (None, Some(bad)) => (query(bad, kinds)?, true),
        _ => return Err("its ratioMetric needs either good or bad".into()),
    };
    let counter = ratio.counter.or(ratio.incremental).unwrap_or(false);
    let over = |text: &str, range: Duration| events(text, range, counter);
    let (range, method_slicing) = match slicing {
        Slicing::None => (HOUR, None),
        Slicing::Target { slice, .. } | Slicing::Mean { slice } => (slice, Some(slicing)),
    };
    let (part, total) = (over(&part, range)?, over(&total, range)?);
    let good = if is_bad { good_from_bad(&part, &total) } else { part };
    Ok(match method_slicing {
        None => Counted { method: BudgetMethod::Occurrences, good, total },
        Some(slicing) => sliced(&format!("(({good}) / (({total}) > 0))"), Some(&total), slicing),
    })
}

/// Slices out of a ratio. `present` exists also without traffic and tells a silent hour from a missing one.
fn sliced(ratio: &str, present: Option<&str>, slicing: Slicing) -> Counted {
    let (slice, method, judged) = match slicing {
        Slicing::Target { slice, target } => {
            let target = target.unwrap_or(1.0);
            (slice, BudgetMethod::Timeslices, format!("({ratio} >= bool {target})"))
        }
        Slicing::Mean { slice } => (slice, BudgetMethod::RatioMean, ratio.to_owned()),
        Slicing::None => (Duration::from_secs(60), BudgetMethod::RatioMean, ratio.to_owned()),
    };
    let step = slice.as_secs();
    let quiet = present.map(|total| format!(" or 0 * count_over_time(({total})[3599s:{step}s])")).unwrap_or_default();
    Counted {
        method,
        good: format!("sum_over_time({judged}[3599s:{step}s])"),
        total: format!("count_over_time({ratio}[3599s:{step}s]){quiet}"),
    }
}

fn threshold_counted(query: &str, objective: &Objective, slicing: Slicing) -> Result<Counted, String> {
    let value = objective.value.ok_or("its objective has no value to compare with")?;
    let op = match objective.op.as_deref() {
        Some("lt") => "<",
        Some("lte") => "<=",
        Some("gt") => ">",
        Some("gte") => ">=",
        other => return Err(format!("its objective's op {:?} is none of lt, lte, gt, gte", other.unwrap_or_default())),
    };
    checked_parse(query).map_err(|reason| format!("its query cannot be read: {reason}"))?;
    let met = format!("((({query}) >= -Inf) {op} bool {value})");
    let (method, met, slice) = match slicing {
        Slicing::None => (BudgetMethod::Occurrences, met, 60),
        Slicing::Mean { slice } => (BudgetMethod::RatioMean, met, slice.as_secs()),
        Slicing::Target { slice, target: Some(target) } if slice.as_secs() > 60 => {
            let within = slice.as_secs() - 1;
            let met = format!("(avg_over_time({met}[{within}s:60s]) >= bool {target})");
            (BudgetMethod::Timeslices, met, slice.as_secs())
        }
        Slicing::Target { slice, .. } => (BudgetMethod::Timeslices, met, slice.as_secs()),
    };
    Ok(Counted {
        method,
        good: format!("sum_over_time({met}[3599s:{slice}s])"),
        total: format!("count_over_time({met}[3599s:{slice}s])"),
    })
}

/// Events of `range` out of a document's query: counters are increased, gauges summed once a minute.
fn events(query: &str, range: Duration, counter: bool) -> Result<String, String> {
    let fault = |reason: &dyn std::fmt::Display| format!("its query cannot be read: {reason}");
    let length = format!("{}s", range.as_secs());
    let filled = query.replace("{{.window}}", &length).replace("{{ .window }}", &length);
    let templated = filled != query;
    let mut parsed = checked_parse(&filled).map_err(|reason| fault(&reason))?;
    if templated || has_range(&parsed) {
        return events_over(&parsed, range).map_err(|reason| fault(&reason));
    }
    if counter {
        return increase(&mut parsed, range).map(|expr| expr.to_string());
    }
    let within = range.as_secs().saturating_sub(1).max(1);
    Ok(format!("sum_over_time(({filled})[{within}s:60s])"))
}

fn has_range(expr: &Expr) -> bool {
    match expr {
        Expr::MatrixSelector(_) | Expr::Subquery(_) => true,
        Expr::Aggregate(aggregate) => has_range(&aggregate.expr),
        Expr::Binary(binary) => has_range(&binary.lhs) || has_range(&binary.rhs),
        Expr::Paren(paren) => has_range(&paren.expr),
        Expr::Unary(unary) => has_range(&unary.expr),
        Expr::Call(call) => call.args.args.iter().any(|argument| has_range(argument)),
        _ => false,
    }
}

/// `sum(x)` as `sum(increase(x[range]))`, also within sums and differences; a bare counter is summed over its series.
fn increase(expr: &mut Expr, range: Duration) -> Result<Expr, String> {
    let unfit = || "its query is no counter, and no sum of counters".to_owned();
    match bare(expr) {
        Expr::VectorSelector(selector) => {
            let matrix = Expr::MatrixSelector(MatrixSelector { vs: selector.clone(), range });
            checked_parse(&format!("sum(increase({matrix}))")).map_err(|reason| reason.to_string())
        }
        Expr::Aggregate(sum) if sum.op.id() == T_SUM => {
            let Expr::VectorSelector(selector) = bare(&sum.expr) else { return Err(unfit()) };
            let matrix = Expr::MatrixSelector(MatrixSelector { vs: selector.clone(), range });
            let mut sum = sum.clone();
            *sum.expr = checked_parse(&format!("increase({matrix})")).map_err(|reason| reason.to_string())?;
            Ok(Expr::Aggregate(sum))
        }
        Expr::Binary(binary) if [T_ADD, T_SUB].contains(&binary.op.id()) => {
            let mut binary = binary.clone();
            *binary.lhs = increase(&mut binary.lhs, range)?;
            *binary.rhs = increase(&mut binary.rhs, range)?;
            Ok(Expr::Binary(binary))
        }
        _ => Err(unfit()),
    }
}
