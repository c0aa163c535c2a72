"""pytest --rows: one line for every row of the acceptance list, and skips counted where nobody overlooks them."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

ROWS = Path(__file__).parents[2] / "shared" / "docs" / "acceptance.md"
ROW = re.compile(r"^\| ([A-Z]\d\d) \|", re.MULTILINE)


def pytest_addoption(parser):
    parser.addoption("--rows", action="store_true", help="print how each row of the acceptance list stands")


def pytest_configure(config):
    if not hasattr(config, "workerinput"):  # with xdist the controller alone counts
        config.pluginmanager.register(Ledger(), "rows-ledger")


def pytest_collection_modifyitems(items):
    for item in items:
        for mark in item.iter_markers("row"):
            item.user_properties.extend(("row", number) for number in mark.args)


class Ledger:
    """What became of each row and what was skipped, from the reports of all workers."""

    def __init__(self):
        self.outcomes = defaultdict(set)
        self.skipped = []

    def pytest_runtest_logreport(self, report):
        if report.when == "call" or not report.passed:
            for name, value in report.user_properties:
                if name == "row":
                    self.outcomes[value].add(report.outcome)
        if report.skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            self.skipped.append((report.nodeid, reason))

    def verdict(self, row):
        seen = self.outcomes[row]
        return "failed" if "failed" in seen else "passed" if "passed" in seen else "no test"

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter, config):
        if config.getoption("--rows"):
            self._print_rows(terminalreporter)
        if self.skipped:
            terminalreporter.write_line(f"SKIPPED {len(self.skipped)}:", yellow=True)
            for nodeid, reason in self.skipped:
                terminalreporter.write_line(f"  {nodeid}: {reason}")

    def _print_rows(self, terminalreporter):
        known = ROW.findall(ROWS.read_text("utf-8")) if ROWS.exists() else []
        for row in dict.fromkeys([*known, *sorted(self.outcomes)]):
            terminalreporter.write_line(f"{row} {self.verdict(row)}")
