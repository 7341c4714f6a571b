"""The whole suite on SQLite and on PostgreSQL at once, then the browser, then the checks: `python run.py test`."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.browser.chromium import chromium_problem
from tests.harness.checks import checks_line, failed_checks
from tests.harness.postgres import postgres_bin, temporary_postgres

IN_CI = os.environ.get("CI") == "true"
SQLITE = "sqlite:///:memory:"
SUITE = ("tests", "--ignore=tests/browser")
BROWSER = ("tests/browser", "-p", "playwright")
SUMMARY = re.compile(r"^(\x1b\[[0-9;]*m)*=+ .*( in [0-9.]+s|no tests ran).*")

Outcome = tuple[bool, str]


def main(arguments: list[str]) -> int:
    """Run it all, or only the files named; 1 when anything failed. Ends with pytest's own summary lines."""
    options = [argument for argument in arguments if not Path(argument.split("::")[0]).exists()]
    named = [argument for argument in arguments if argument not in options]
    if any("tests/browser" in argument for argument in named):
        outcomes = [run_pytest("Browser", SQLITE, [*named, "-p", "playwright", *options])]
    elif named:
        outcomes = run_databases([*named, *options])
    else:
        outcomes = run_everything(options)
    print("", *(line for _, line in outcomes), sep="\n")
    return 0 if all(passed for passed, _ in outcomes) else 1


def run_everything(options: list[str]) -> list[Outcome]:
    """Every test on both databases and in the browser, then the checks."""
    outcomes = [*run_databases([*SUITE, *options]), run_browser(options)]
    failed = failed_checks()
    return [(not failed, checks_line(failed)), *outcomes]


def run_databases(arguments: list[str]) -> list[Outcome]:
    """The same tests on both databases, side by side: two cores are there nearly everywhere, and they share nothing."""
    with ThreadPoolExecutor() as pool:
        suites = [pool.submit(run_pytest, "SQLite", SQLITE, arguments), pool.submit(run_postgres, arguments)]
        return [suite.result() for suite in suites]


def run_postgres(arguments: list[str]) -> Outcome:
    """The same tests on a PostgreSQL of their own."""
    folder = postgres_bin()
    if folder is None:
        return skipped("PostgreSQL", "PostgreSQL is not installed on this machine")
    with temporary_postgres(folder) as url:
        return run_pytest("PostgreSQL", url, arguments)


def run_browser(options: list[str]) -> Outcome:
    """The tests that look at pages in Chromium."""
    problem = chromium_problem()
    return skipped("Browser", problem) if problem else run_pytest("Browser", SQLITE, [*BROWSER, *options])


def skipped(label: str, reason: str) -> Outcome:
    """Left out, with the reason said; in CI that is a failure."""
    return not IN_CI, f"{label}: {'FAILED' if IN_CI else 'skipped'}, {reason}"


def run_pytest(label: str, url: str, arguments: list[str]) -> Outcome:
    """Run pytest on one database, each line shown under its label; whether it passed, and its summary line."""
    print(f"--- tests: {label}", flush=True)
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    command = [sys.executable, "-m", "pytest", *colour, *arguments]
    summary = "no summary"
    with subprocess.Popen(
        command, env=os.environ | {"DATABASE_URL": url}, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(f"{label}: {line}", end="", flush=True)
            summary = line.strip() if SUMMARY.match(line) else summary
    return process.returncode == 0, f"{label}: {summary}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
