# The front door. `make` prints what there is; targets call cargo and hide nothing.
.DEFAULT_GOAL := help
.PHONY: help run frontends test check schema bench release fmt clean-data

CUSTOMERS ?= 10000
JETBRIDGE := cargo run --quiet --bin jetbridge --

help: ## Show this help
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Build, seed the demo world on the embedded database, start on http://127.0.0.1:8080
	@if command -v npm >/dev/null; then $(MAKE) frontends; else echo "npm is not installed: the binary is built without frontends"; fi
	cargo build --bin jetbridge
	$(JETBRIDGE) seed --if-empty --customers $(CUSTOMERS)
	$(JETBRIDGE) serve --open

frontends: frontends/node_modules/.package-lock.json ## Build what people see (Node.js 20.19 or later); the next build of the binary holds it
	cd frontends && npm run --silent build

frontends/node_modules/.package-lock.json: frontends/package-lock.json
	cd frontends && npm ci

test: ## Set up what the tests need (PostgreSQL), then run all of them
	bash tests/run.sh

check: ## Everything a reviewer asks first: format, lints, documentation, schema drift, licences
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items
	$(JETBRIDGE) schema --check
	@if command -v npm >/dev/null; then $(MAKE) frontends/node_modules/.package-lock.json && cd frontends && npm run --silent check; else echo "npm is not installed: the frontends were not checked"; fi
	@if command -v cargo-deny >/dev/null; then cargo deny check; else echo "cargo-deny is not installed: licences were not checked (cargo install cargo-deny)"; fi

schema: ## Write every subgraph's schema.graphql and schema/supergraph.graphql
	$(JETBRIDGE) schema

bench: ## Measure on this machine and print the figures of docs/performance.md
	bash tests/bench.sh

release: ## Build the optimised binary: target/release/jetbridge
	cargo build --release --bin jetbridge

fmt: ## Format the code
	cargo fmt --all

clean-data: ## Forget the demo world (deletes ./data)
	rm -rf data
