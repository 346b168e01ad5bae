"""Which lane a view runs in, and how large a body it accepts. A lane has its own threads: none waits for another."""
import io

from flask import Request, Response, current_app, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.utils import cached_property

from models.upkeep.lanes import Turns

PAGES, HASHING, ASKING, LONG = "pages", "hashing", "asking", "long"
HASHING_THREADS = 2
# Threads that wait for the answer of another service, for some seconds at most.
ASKING_THREADS = 16
# Threads that wait for a turn or for a result. The work itself takes turns.
LONG_THREADS = 32
TURNS = Turns(1)


def runs_in(lane, methods=("GET", "HEAD", "POST")):
    """Declare that a view runs in another lane than the pages, when called by `methods`; place it below `open_to`."""
    def declare(view):
        view.lane = dict.fromkeys(methods, lane)
        return _checked(view)

    return declare


# For a form with a password: showing it is a page like any other, posting it hashes.
hashes = runs_in(HASHING, methods=("POST",))
# For a form whose posting asks another service, which may be slow.
asks = runs_in(ASKING, methods=("POST",))


def accepts(most):
    """Declare that a view takes a body of at most `most` bytes, when that is more than MAX_CONTENT_LENGTH.

    Such a view runs in the lane for pages.
    """
    def declare(view):
        view.most_bytes = most
        return _checked(view)

    return declare


def _checked(view):
    # The check of the token reads the body, and a spool is read once: after it the view would get an empty body.
    if hasattr(view, "lane") and hasattr(view, "most_bytes"):
        raise ValueError("a large body cannot be handed over to another lane")
    return view


def most_bytes(app, method, path):
    """The size of the largest body that the view at this address accepts."""
    usual = app.config["MAX_CONTENT_LENGTH"]
    try:
        endpoint, _ = app.url_map.bind("").match(path, method)
    except HTTPException:
        return usual
    return getattr(app.view_functions[endpoint], "most_bytes", usual)


def lane_of(view, method):
    """The lane in which a view runs when it is called by this method."""
    return getattr(view, "lane", {}).get(method, PAGES)


def hand_over():
    """Run before each view, after access is checked: move the request to the lane of its view, if it is in another."""
    here = request._get_current_object()
    if here.endpoint is None:
        return None
    view = current_app._get_current_object().view_functions[here.endpoint]
    lane = lane_of(view, here.method)
    if here.environ.get("loket.lane", lane) != lane:
        here.environ["loket.hand_over"] = lane
        return Response(status=204)
    return None


class Outgoing(Response):
    """A response that goes out as it is when it is whole: Werkzeug would copy the headers and look at each."""

    _is_whole = False

    def set_data(self, value):
        """Set the whole body, and its length in the headers."""
        super().set_data(value)
        self._is_whole = True

    def __call__(self, environ, start_response):
        """Answer the request."""
        if (self._is_whole and self.is_sequence and not self._on_close and self._status_code == 200
                and environ["REQUEST_METHOD"] != "HEAD"):
            start_response(self._status, self.headers.to_wsgi_list())
            return self.response
        return super().__call__(environ, start_response)


class Parameters(ImmutableMultiDict):
    """The values of an address or a form. Asking for one that is not there makes no exception, which Werkzeug would."""

    def get(self, key, default=None, type=None):  # noqa: A002 - the name that Werkzeug gives it
        """The first value with this key, the default without one, or if `type` does not take it."""
        return super().get(key, default, type) if key in self else default


NO_PARAMETERS = Parameters()


class Incoming(Request):
    """A request whose body may be as large as its view accepts. An uploaded file stays in memory."""

    parameter_storage_class = Parameters

    @cached_property
    def args(self):
        """The values in the address; one without a question mark is not read."""
        return super().args if self.query_string else NO_PARAMETERS

    @property
    def max_content_length(self):
        """The bound on the body: also before the view runs, for the check of the form's token reads the body."""
        view = current_app.view_functions.get(self.endpoint)
        return getattr(view, "most_bytes", current_app.config["MAX_CONTENT_LENGTH"])

    def _get_file_stream(self, total_content_length, content_type, filename=None, content_length=None):
        # Werkzeug would write a file of more than 500 kB to a temporary file, in clear.
        return io.BytesIO()
