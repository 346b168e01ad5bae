"""Compares answers and parameters with those of Flask, of which views/shell/lanes.py makes shorter ones."""
import flask
import pytest
from werkzeug.test import create_environ

from views.shell.lanes import Incoming, Outgoing, Parameters


def _sent(answer, method):
    started = []
    pieces = answer(create_environ("/", method=method), lambda *given: started.append(given))
    return started, b"".join(pieces)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("status", [200, 204, 303, 304, 422])
@pytest.mark.parametrize("body", ["Één", b"", ["a", "b"], None])
def test_an_answer_sends_what_flask_sends(method, status, body):
    given = body, status, {"Location": "/ë", "Vary": "HX-Request", "Set-Cookie": "a=1"} if status == 303 else {}
    assert _sent(Outgoing(*given), method) == _sent(flask.Response(*given), method)


def test_an_answer_whose_body_becomes_a_stream_closes_it():
    answer, closed = Outgoing("whole"), []
    answer.response = iter([b"pie", b"ces"])
    answer.call_on_close(lambda: closed.append(True))
    pieces = answer(create_environ("/"), lambda *_: None)
    assert b"".join(pieces) == b"pieces"
    pieces.close()
    assert closed == [True]


def test_a_parameter_that_is_not_there_is_the_default():
    given = Parameters([("page", "3"), ("page", "4"), ("empty", ""), ("word", "x")])
    assert [given.get("page"), given.get("page", 1, int), given.get("empty", "a")] == ["3", 3, ""]
    assert [given.get("other"), given.get("other", 1, type=int), given.get("word", 1, type=int)] == [None, 1, 1]


def test_an_address_without_values_has_no_parameters():
    assert Incoming(create_environ("/")).args == Incoming(create_environ("/?")).args == Parameters()
    assert Incoming(create_environ("/?q=&page=3")).args == Parameters([("q", ""), ("page", "3")])
