#![doc = include_str!("../README.md")]

pub mod anchor;
pub mod app;
pub mod auth;
pub mod bus;
pub mod cli;
pub mod config;
pub mod directory;
pub mod export;
pub mod frontend;
pub mod graph;
pub mod http;
pub mod lifecycle;
pub mod mail;
pub mod output;
pub mod rate;
pub mod rights;
pub mod seed;
pub mod telemetry;

pub use app::{App, StartOptions};
pub use config::Config;
pub use lifecycle::Running;
