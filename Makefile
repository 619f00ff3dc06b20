# make demo   plans scenarios/ecommerce/peak.yaml and prints the plan
# make test   runs the tests
# make serve  serves plans over HTTP on port 8000 of this machine; FLAGS="--port 8080" as for planner serve
# make pictures  looks at the page and a report in a browser, and writes docs/page*.png and docs/report.png
# make audit  asks a public source of advisories about every dependency; needs a machine that reaches it
# make sbom   writes every dependency with its version and licence to sbom.json (CycloneDX)
# make bench  measures speed and writes docs/benchmarks.md; ONLY=sizing runs a part of it
#
# Each command builds .venv the first time and reuses it after.

VENV := .venv
READY := $(VENV)/.ready
BIN := $(VENV)/bin
CODE := $(wildcard planner api scenarios tests)
TYPED := $(wildcard planner api tests scenarios/*/*.py)
PYTEST_FLAGS ?=
ONLY ?=
FLAGS ?=
FIGURES := .benchmarks

.PHONY: demo serve test pictures audit sbom bench lint types contracts coverage pins clean

demo: $(READY)
	@$(BIN)/planner plan scenarios/ecommerce/peak.yaml

serve: $(READY)
	@$(BIN)/planner serve $(FLAGS)

test: $(READY)
	@$(BIN)/python -m pytest $(PYTEST_FLAGS)

pictures: $(READY)
	@PLANNER_PICTURES=docs $(BIN)/python -m pytest tests/page/test_pictures.py $(PYTEST_FLAGS)

# Parts: whole (and memory), pipeline, sizing, replay, certified, growth, choices, sweep, year, service, start. The latest figures of every part make the page.
bench: $(READY)
	@mkdir -p $(FIGURES)
	@$(BIN)/python -m pytest tests/bench -m bench -k "$(ONLY)" --benchmark-quiet $(PYTEST_FLAGS) \
		--benchmark-json=$(FIGURES)/$$(date -u +%Y%m%dT%H%M%S).json
	@$(BIN)/python -m tests.bench.page docs/benchmarks.md $(FIGURES)/*.json

lint: $(READY)
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)

types: $(READY)
	@$(BIN)/mypy $(TYPED)

contracts: $(READY)
	@$(BIN)/lint-imports

audit: $(READY)
	@bash .ci/audit.sh

sbom: $(READY)
	@$(BIN)/python .ci/dependencies.py sbom > sbom.json

coverage: $(READY)
	@$(BIN)/python -m coverage run -m pytest $(PYTEST_FLAGS)
	@$(BIN)/python -m coverage combine --quiet
	@$(BIN)/python -m coverage report

# Renews the version pins, for every supported Python at once; needs uv on PATH.
pins:
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate \
		--output-file .ci/constraints.txt pyproject.toml

clean:
	@rm -rf .venv .venv-pulp4 .venv-peers .venv-client .benchmarks build dist sbom.json .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): pyproject.toml .ci/constraints.txt
	@bash .ci/venv.sh $(VENV)
	@touch $@
