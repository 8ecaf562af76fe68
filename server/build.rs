//! Looks at the frontends again when they were built again: they are compiled in.

fn main() {
    println!("cargo::rerun-if-changed=../frontends/dist");
}
