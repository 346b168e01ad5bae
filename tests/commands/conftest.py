"""Fixtures that run the operator's commands."""
import datetime
import json
import re

import pytest


@pytest.fixture
def invoke(app):
    """Run a command line. Returns click's result, with `stdout` and `stderr` apart."""
    runner = app.test_cli_runner()

    def invoke(*words):
        result = runner.invoke(args=[str(word) for word in words])
        assert "Traceback" not in result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@pytest.fixture
def run(invoke):
    """Run a command line. Returns its exit code and everything it printed."""
    def run(*words):
        result = invoke(*words)
        return result.exit_code, result.output

    return run


@pytest.fixture
def lines_of(invoke):
    """Run a command line that must succeed. Returns its lines on standard output, each as a list of cells."""
    def lines_of(*words):
        result = invoke(*words)
        assert result.exit_code == 0, result.output
        return [line.split("\t") for line in result.stdout.splitlines()]

    return lines_of


@pytest.fixture
def json_of(invoke):
    """Run a command line with --json that must succeed. Returns what its standard output parses to."""
    def json_of(*words):
        result = invoke(*words, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout_bytes.decode("utf-8"))

    return json_of


@pytest.fixture
def rows_of_list(lines_of, json_of):
    """Run a command that lists. Returns its rows, after checking that its lines and its JSON say the same."""
    def rows_of_list(*words):
        header, *rows = lines_of(*words)
        objects = json_of(*words)
        assert [list(row) for row in objects] == [header] * len(rows)
        assert [[cell_of(value) for value in row.values()] for row in objects] == rows
        return rows

    return rows_of_list


def cell_of(value):
    """The cell that shows a value of JSON."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00", value):
        return f"{datetime.datetime.fromisoformat(value):%d/%m/%Y %H:%M}"
    return "" if value is None else str(value)
