"""Simulated registers, as a process of their own: they answer from a file of made-up people.

    python -m models.ecalcura.demonstration.simulated_registers --port 8010

A POST to /control, such as {"mode": "slow", "seconds": 5}, says how they answer from then on: normal, slow, down or
wrong; `kind` says in which way they are wrong. It shares no code with the client, so that neither hides a fault of the
other. It knows the file's numbers only, and writes no log.
"""
import argparse
import http.server
import json
import os
import threading
import time
from pathlib import Path
from typing import Any

SEED = Path(__file__).parent / "registers.json"
MODES = ("normal", "slow", "down", "wrong")
PORT = 8010
# Ways to be wrong.
STATUS, JSON, STATE, PERSON, HUGE, DRIP = WRONG = ("status", "json", "state", "person", "huge", "drip")
# Seconds between two looks at whether the server beside which they run has ended.
WATCH = 0.5


class Registers(http.server.ThreadingHTTPServer):
    """The service, on the loopback only."""

    daemon_threads = True

    def __init__(self, port: int, seed: Path = SEED) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.people: dict[str, dict[str, Any]] = {
            person["number"]: person for person in json.loads(seed.read_text(encoding="utf-8"))}
        self.mode: dict[str, Any] = {"mode": "normal"}

    def person(self, number: str) -> dict[str, Any] | None:
        """Answer as the rijksregister; None stays silent."""
        found = self.people.get(number)
        seen: list[str] = []
        while found and found.get("replaced_by") and found["number"] not in seen:
            seen.append(found["number"])
            found = self.people.get(found["replaced_by"])
        if not found:
            return {"state": "not_found"}
        if found.get("silent") in (True, "person"):
            return None
        deceased_on = found.get("deceased_on")
        state = "deceased" if deceased_on else "found" if found["number"] == number else "replaced"
        return {"state": state, "number": found["number"], "family": found["last"], "first": found["first"],
                "birth": found["birth"], "deceased_on": deceased_on}

    def qualifications(self, number: str) -> dict[str, Any] | None:
        """Answer as eCad; None stays silent."""
        found = self.people.get(number)
        if not found:
            return {"state": "not_found"}
        if found.get("silent") in (True, "qualifications"):
            return None
        until = found.get("until", {})
        return {"state": "found", "codes": {code: until.get(code) for code in found["codes"]}}


class Handler(http.server.BaseHTTPRequestHandler):
    """One question."""

    server: Registers

    def do_POST(self) -> None:
        """Answer a question, or change how questions are answered."""
        try:
            asked = json.loads(self.rfile.read(min(int(self.headers.get("Content-Length", 0)), 4096)))
        except ValueError:
            self._send(400, b"{}")
            return
        if self.path == "/control":
            known = asked.get("mode") in MODES and asked.get("kind", STATUS) in WRONG
            if known:
                self.server.mode = asked
            self._send(200 if known else 400, b"{}")
        elif self.path in ("/person", "/qualifications"):
            self._answer(asked)
        else:
            self._send(404, b"{}")

    def _answer(self, asked: dict[str, Any]) -> None:
        mode = self.server.mode
        ask = self.server.person if self.path == "/person" else self.server.qualifications
        answer = ask(str(asked.get("number", "")))
        if mode["mode"] == "slow":
            time.sleep(mode.get("seconds", 1))
        if mode["mode"] == "down" or answer is None:
            # The connection ends without an answer.
            self.close_connection = True
        elif mode["mode"] == "wrong":
            self._send_wrong(mode.get("kind", STATUS), answer)
        else:
            self._send(200, json.dumps(answer, ensure_ascii=False).encode())

    def _send_wrong(self, kind: str, answer: dict[str, Any]) -> None:
        if kind == PERSON:
            # Somebody else.
            answer = {**answer, "state": "found", "number": "00000100097", "family": "Anders", "first": "Iemand"}
        body = json.dumps(answer).encode()
        body = {JSON: b"<html>", STATE: b'{"state": "open"}', HUGE: body + b" " * 1_000_000}.get(kind, body)
        if kind == DRIP:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for byte in body:
                self.wfile.write(bytes([byte]))
                time.sleep(0.5)
            return
        self._send(500 if kind == STATUS else 200, body)

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as http.server calls it
        """Write nothing."""


def end_with_parent(parent: int) -> None:
    """End this process when the process that started it has ended."""
    while os.getppid() == parent:
        time.sleep(WATCH)
    os._exit(0)


def main() -> None:
    """Answer until stopped."""
    parser = argparse.ArgumentParser(description="Simulated registers on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--seed", type=Path, default=SEED)
    parser.add_argument("--with-parent", type=int, help="end when the process with this id, which started it, ends")
    options = parser.parse_args()
    if options.with_parent:
        threading.Thread(target=end_with_parent, args=(options.with_parent,), daemon=True).start()
    Registers(options.port, options.seed).serve_forever()


if __name__ == "__main__":
    main()
