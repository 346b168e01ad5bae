"""The chores that a worker does beside the requests."""
import logging
import threading

import peewee
import pytest

from models.database import database
from models.errors import Code, Refused
from models.upkeep.chores import keep_doing


def test_the_chores_are_done_until_they_are_stopped(register):
    stop, done = threading.Event(), []
    keep_doing({"one": lambda: done.append("one"), "two": lambda: (done.append("two"), stop.set())}, stop)
    assert done == ["one", "two"]
    assert database.is_closed()


@pytest.mark.parametrize("fault", [
    peewee.OperationalError("the disk is full"), Refused(Code.MAIL_KEY), PermissionError("late_audit_entries.jsonl")])
def test_a_failing_chore_is_tried_again_and_stops_no_other_chore(register, monkeypatch, caplog, fault):
    monkeypatch.setattr("models.upkeep.chores.SECONDS_BETWEEN", 0)
    caplog.set_level(logging.ERROR)
    stop, tried, done = threading.Event(), [], []

    def fail():
        tried.append("mail")
        raise fault

    def go_on():
        done.append("moves")
        if len(done) == 2:
            stop.set()

    keep_doing({"mail": fail, "moves": go_on}, stop)
    assert (tried, done) == (["mail"] * 2, ["moves"] * 2)
    assert f"mail: failed, will be tried again: {type(fault).__name__}" in caplog.text
    assert str(fault) not in caplog.text.replace(type(fault).__name__, "")
