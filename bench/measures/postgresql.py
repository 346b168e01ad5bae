"""Measures the dashboard on PostgreSQL beside SQLite: the same rows, each database answered from a process of its own,
in turns on one core. Only the processor time of Loket counts, not that of the server.

DATABASE_URL is the address of a server on which databases may be made: `.ci/postgresql` starts one.
"""
import os
import shutil
import sqlite3
import statistics

import psycopg

from bench.measures.dashboard import PARTIAL
from bench.tools import builds, filled
from bench.tools.builds import Request
from bench.tools.figures import Figure, at_most, middle
from bench.tools.registers import OF_200, Register, email_of, make
from bench.tools.servers import ROOT

SIZE = 20_000
ROUNDS = 60
# Request → its name in the table, how often in a row, and the most that it may take beside SQLite.
ASKED = {"Partial": (Request(email_of(OF_200), "/dashboard", PARTIAL), 40, 1.35),
         "Whole page": (Request(email_of(OF_200), "/dashboard"), 20, None)}
# The tables that a register made for measuring fills; each row refers to rows that are there.
TABLES = ("tenant", "organisation", "account", "account_grant", "name_key", "client", "answer", "period")


def run(workplace):
    """Measure, and return the figures."""
    source, log = make(workplace, SIZE), workplace / "postgresql.log"
    registers = [filled.Filled(source.folder, f"sqlite:///{source.database}"), _on_postgresql(source, workplace, log)]
    both = [builds.Build(ROOT, register, log) for register in registers]
    assert all(build.starts for build in both), f"a build does not start: see {log}"
    taken = {what: ([], []) for what in ASKED}
    for turn in range(ROUNDS + 1):
        for what, (request, times, _) in ASKED.items():
            for side in (0, 1) if turn % 2 else (1, 0):
                cost, _ = both[side].ask(request, times)
                if turn:  # the first round warms up
                    taken[what][side].append(cost)
    for build in both:
        build.end()
    return [figure for what, sides in taken.items() for figure in _figures(what, ASKED[what][-1], *sides)]


def _figures(name, most, sqlite, postgresql):
    ratios = [mine / other for mine, other in zip(postgresql, sqlite, strict=True)]
    what, text = f"{name} on PostgreSQL, processor time as a multiple of SQLite's", middle(ratios, 2)
    one, other = map(statistics.median, (postgresql, sqlite))
    return [at_most(what, statistics.median(ratios), most, text) if most else Figure(what, text),
            Figure("  the same in µs", f"{one:,.0f} against {other:,.0f}")]


def _on_postgresql(source, workplace, log):
    """A copy of the register, in a new database."""
    folder, url = workplace / "on_postgresql", os.environ["DATABASE_URL"]
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source.key_dir, Register(folder, SIZE).key_dir)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(filled.named("DROP DATABASE IF EXISTS {}", folder.name))
        server.execute(filled.named("CREATE DATABASE {}", folder.name))
    register = filled.Filled(folder, filled.beside(url, folder.name))
    assert builds.init(register, log).status == 0, f"the tables were not made: see {log}"
    filled.copy_tables(sqlite3.connect(source.database), register.address, TABLES)
    return register
