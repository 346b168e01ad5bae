"""A line of the log reads as Python's own formatter writes it."""
import logging
import sys

from models.upkeep.log_lines import LINE, Line


def record(created, message="%s %.1fms", values=("GET", 1.25), exc_info=None):
    made = logging.LogRecord("loket.access", logging.INFO, __file__, 1, message, values, exc_info)
    made.created, made.msecs = created, (created - int(created)) * 1000
    return made


def written_twice(created, **options):
    """The line as Loket writes it, and as Python does."""
    return Line(LINE).format(record(created, **options)), logging.Formatter(LINE).format(record(created, **options))


def test_a_line_is_that_of_python_itself():
    for created in (0.0, 1_700_000_000.007, 1_700_000_000.9996, 1_700_000_001.5):
        mine, of_python = written_twice(created)
        assert mine == of_python
        assert mine.endswith("INFO loket.access GET 1.2ms")


def test_a_line_with_a_traceback_keeps_it():
    try:
        raise ValueError("reden")
    except ValueError:
        mine, of_python = written_twice(1.0, message="fout", values=(), exc_info=sys.exc_info())
    assert mine == of_python
    assert "Traceback" in mine


def test_values_of_a_message_are_not_looked_for_in_the_line():
    mine, of_python = written_twice(1.0, message="%s", values=("100 %s %(name)s",))
    assert mine == of_python
