//! Every kind on records that came by a sync: it fires, it just does not, something explains it, or it is not watched.

mod alerts;
mod blind;
mod changes;
mod demo;
mod follow_up;
mod incidents;
mod nights;
mod open;
mod records;
mod rota;
mod slos;
mod teams;
mod world;
