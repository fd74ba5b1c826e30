# Bare `make` lists the targets.

SWIFT ?= swift
PYTHON ?= python3
RELEASE = .build/release/dyad
STORE ?= dyad-demo.sqlite
# Tests run the language model; its kernels in C are optimised in debug builds too. A flag in Package.swift would do the
# same, but packages with unsafe flags cannot be used by others.
DEBUG_FLAGS = -Xcc -O2
SWIFT_FILES = Sources Tests Data/DataLocation.swift Models/ModelLocation.swift

.DEFAULT_GOAL := help
.PHONY: help packages build run test quality bench format lint docs check

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

packages: ## install the system packages that are missing (Debian, Ubuntu)
	@SWIFT="$(SWIFT)" sh Scripts/install-packages.sh

build: packages ## build the program: .build/release/dyad
	$(SWIFT) build -c release --product dyad

run: build ## build, code the reports in Examples/, print the brief of the busiest pair
	@$(RELEASE) demo Examples --store $(STORE)
	@echo
	@echo "The store is $(abspath $(STORE)). The program is $(abspath $(RELEASE))."

test: packages ## run all tests
	@sh Scripts/run-tests.sh $(SWIFT) test --parallel $(DEBUG_FLAGS)

quality: ## score on annotated sets: make quality GOLD=DIR [SCORERS=DIR] [JSON=FILE]
	@if [ ! -d "$(GOLD)" ]; then echo "usage: make quality GOLD=DIR [SCORERS=DIR] [JSON=FILE]" >&2; exit 64; fi
	@$(MAKE) --no-print-directory build
	$(PYTHON) Quality/quality.py --dyad $(RELEASE) --gold "$(GOLD)" $(if $(SCORERS),--scorers "$(SCORERS)") $(if $(JSON),--json "$(JSON)")

bench: build ## measure speed and memory for each instruction set
	@sh Benchmarks/bench.sh $(RELEASE)

format: ## bring the Swift files into the common format
	$(SWIFT) format format -i -r $(SWIFT_FILES)

lint: ## check the format of the Swift files
	$(SWIFT) format lint --strict -r $(SWIFT_FILES)

docs: packages ## make the reference pages: .build/documentation
	@SWIFT="$(SWIFT)" sh Scripts/build-docs.sh

check: packages lint ## all that a change needs: lint, data files, tests
	$(SWIFT) run $(DEBUG_FLAGS) dyad lexicon check
	@sh Scripts/run-tests.sh $(SWIFT) test --parallel $(DEBUG_FLAGS)
