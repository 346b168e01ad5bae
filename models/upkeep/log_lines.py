"""The lines of the log, on standard error."""
import functools
import logging
import time

LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
# Their warnings quote addresses and parameters.
QUIET = ("peewee", "psycopg", "werkzeug", "flask_wtf")


class Line(logging.Formatter):
    """A line as LINE says. Its second is written out once, and not again for each line of that second."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; one with a traceback is made by Python."""
        if record.exc_info or record.stack_info:
            return super().format(record)
        second = _second(int(record.created))
        return f"{second},{int(record.msecs):03} {record.levelname} {record.name} {record.getMessage()}"


@functools.lru_cache(maxsize=2)
def _second(moment: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(moment))


def configure_logging() -> None:
    """Log to standard error; of libraries only errors."""
    # Not shown in a line, yet a third of the time of writing one (Logging HOWTO, "Optimization").
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None  # type: ignore[attr-defined]
    to_error = logging.StreamHandler()
    to_error.setFormatter(Line(LINE))
    logging.basicConfig(level=logging.WARNING, handlers=[to_error])
    logging.getLogger("loket").setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
