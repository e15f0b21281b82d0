//! The client against upstreams on this machine that behave as badly as real ones.

mod bodies;
mod credentials;
mod proxies;
mod redirects;
pub(crate) mod rig;
mod silence;
mod tls;
mod waits;
