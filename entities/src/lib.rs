#![doc = include_str!("../README.md")]

pub mod id;

pub mod case;
pub mod compensation;
pub mod order;
pub mod profile;
