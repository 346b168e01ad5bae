"""The client of the registers over HTTP: JSON in, JSON out, and never longer than three seconds.

A number is in the body, never in an address. Whatever goes wrong is an answer: the register is silent.
"""
import contextlib
import datetime
import http.client
import json
import logging
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from models.database import database
from models.ecalcura.people import registers
from models.ecalcura.people.registers import SILENT, Answer, QualificationAnswer

SECONDS = 3
# The largest answer.
MOST_BYTES = 64 * 1024

log = logging.getLogger("loket.registers")


class HttpRegisters:
    """Registers at an address; `token_file` holds what is sent to prove that it is Loket that asks."""

    def __init__(self, url: str, token_file: Path | None = None) -> None:
        parts = urlsplit(url)
        self._context = ssl.create_default_context() if parts.scheme == "https" else None
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if self._context else 80)
        self._path = parts.path.rstrip("/")
        self._token_file = token_file

    def find_person(self, number: str) -> Answer:
        """Ask the rijksregister for the person with this number."""
        try:
            return registers.read_person(number, self._ask("person", {"number": number}))
        except _FAULTS as fault:
            _log("rijksregister", fault)
            return Answer(SILENT)

    def find_qualifications(self, number: str, on: datetime.date) -> QualificationAnswer:
        """Ask eCad for the visums of the person with this number."""
        try:
            told = self._ask("qualifications", {"number": number, "on": on.isoformat()})
            return registers.read_qualifications(told)
        except _FAULTS as fault:
            _log("eCad", fault)
            return QualificationAnswer(SILENT, {})

    def _ask(self, service: str, question: Mapping[str, str]) -> Any:
        """Post a question, and return the JSON of the answer."""
        if database.in_transaction():
            raise RuntimeError("a register is never asked in a transaction, which would make others wait")
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
        if self._token_file:
            headers["Authorization"] = f"Bearer {self._token_file.read_text('ascii').strip()}"
        with self._connection() as connection:
            connection.request("POST", f"{self._path}/{service}", json.dumps(question), headers)
            answer = connection.getresponse()
            if answer.status != http.client.OK:
                raise ValueError(f"status {answer.status}")
            body = answer.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise ValueError("too large")
        return json.loads(body)

    @contextlib.contextmanager
    def _connection(self) -> Iterator[http.client.HTTPConnection]:
        """A connection that is cut off when the three seconds are over: a timeout of the socket is for each byte."""
        until = time.monotonic() + SECONDS
        connection = http.client.HTTPConnection(self._host, self._port)
        with socket.create_connection((self._host, self._port), SECONDS) as plain:
            # The connection forgets its socket when it has the head of the answer.
            sockets = [plain]
            timer = threading.Timer(max(0, until - time.monotonic()), _cut_off, (sockets,))
            timer.daemon = True
            timer.start()
            try:
                if self._context:
                    secure = self._context.wrap_socket(
                        plain, server_hostname=self._host, do_handshake_on_connect=False)
                    sockets.append(secure)
                    secure.do_handshake()
                connection.sock = sockets[-1]
                yield connection
            finally:
                timer.cancel()
                connection.close()
                sockets[-1].close()


# All ways in which a connection or an answer fails; those of JSON and Unicode are ValueErrors.
_FAULTS = (OSError, http.client.HTTPException, ValueError, RecursionError)


def _cut_off(sockets: list[socket.socket]) -> None:
    with contextlib.suppress(OSError):
        sockets[-1].shutdown(socket.SHUT_RDWR)


def _log(service: str, fault: Exception) -> None:
    # The message of a fault may repeat a part of the answer.
    log.warning("%s does not answer: %s", service, type(fault).__name__)
