# `make demo` and `make test` are the two commands; each sets up what it needs and nothing twice.

SHELL := /bin/sh
.NOTPARALLEL:
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --quiet
LOCK := --generate-hashes --no-emit-index-url --universal --python-version 3.11 --quiet
WORKERS ?= 2

.PHONY: help setup setup-dev assets browser demo serve test lint bench chaos faults lock wheel clean

help:
	@echo "make demo    готовый магазин с демонстрационной 1С"
	@echo "make serve   сам портал, данные в ./home; иначе ARGS=\"--home ПАПКА\""
	@echo "make test    все проверки          make lint     линтер и типы"
	@echo "make bench   скорость              make chaos, make faults    долгие испытания"
	@echo "make setup   только установить     make clean    убрать установленное, данные останутся"
	@echo "make wheel   собрать пакет         make lock     обновить версии зависимостей (нужен uv)"

setup: $(VENV)/.project assets

setup-dev: $(VENV)/.tools setup

# Stamps lie in the virtual environment, so they go when it goes.
$(BIN)/python:
	@set -e; \
	for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo "Нужен Python 3.11 или новее." >&2; exit 1; fi; \
	if ! $$found -c 'import ensurepip, venv' 2>/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv; \
	  else echo "Нет venv: установите системный пакет python3-venv." >&2; exit 1; fi; \
	fi; \
	echo "Установка: виртуальное окружение $(VENV)"; $$found -m venv $(VENV)

$(VENV)/.runtime: requirements.lock | $(BIN)/python
	@echo "Установка: зависимости, около минуты"
	@$(PIP) --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.tools: requirements-dev.lock | $(BIN)/python
	@echo "Установка: зависимости и средства проверки, одна-две минуты"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.runtime

$(VENV)/.project: pyproject.toml $(VENV)/.runtime
	@$(BIN)/python -m web.assets
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

assets: $(VENV)/.runtime
	@$(BIN)/python -m web.assets

browser:
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Установка: Chromium для тестов в браузере"; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; \
	else echo "Для тестов в браузере нужен Chromium: установите системный пакет chromium и повторите." >&2; exit 1; fi

demo: setup
	@$(BIN)/portal demo $(ARGS)

serve: setup
	@$(BIN)/portal serve $(ARGS)

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict data sync web

test: setup-dev browser lint
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

bench: setup-dev
	@$(BIN)/python -m tests.bench $(ARGS)

chaos: setup-dev
	PORTAL_LONG=1 $(BIN)/python -m pytest tests/faults tests/sync/demo_onec/test_kills.py $(ARGS)

faults: setup-dev
	PORTAL_LONG=1 $(BIN)/python -m pytest tests/security tests/scenarios/test_troubles.py $(ARGS)

wheel: setup-dev
	$(BIN)/python -m build --wheel --no-isolation

# Needs uv; the runtime lock is held to the versions that were tested.
lock:
	uv pip compile pyproject.toml --extra assets --extra dev $(LOCK) --upgrade -o requirements-dev.lock
	uv pip compile pyproject.toml --extra assets -c requirements-dev.lock $(LOCK) -o requirements.lock

clean:
	rm -rf $(VENV) .assets build dist web/static/vendor
