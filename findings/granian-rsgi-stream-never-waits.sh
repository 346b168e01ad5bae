#!/bin/bash
# Granian 2.8.7 serves Python applications by three interfaces of its own choice: WSGI, ASGI and RSGI.
#
# Expected: awaiting `send_bytes` of an RSGI stream waits while the browser does not read, as awaiting ASGI's `send` does;
#   the specification calls both awaitable and says no more.
# Seen: RSGI takes every piece at once: 64 pieces of a megabyte are gone in a moment though the browser read nothing, and
#   stay in the server's memory. ASGI's `send`, in the same server, waits after a few pieces.
# Matters: a large export cannot be paced by RSGI: an application that moves from ASGI to it keeps its results and its
#   tests, and needs as much memory as what is being fetched at that moment.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install granian==2.8.7

cat > "$folder/apps.py" <<'PYTHON'
import asyncio

PIECE, PIECES = bytes(1 << 20), 64
taken = 0


async def stream(send):
    global taken
    for _ in range(PIECES):
        await asyncio.wait_for(send(PIECE), 3)
        taken += 1


async def rsgi(scope, protocol):
    if scope.path == "/taken":
        protocol.response_str(200, [], str(taken))
        return
    transport = protocol.response_stream(200, [])
    await stream(transport.send_bytes)


async def asgi(scope, receive, send):
    if scope["type"] != "http":
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    if scope["path"] == "/taken":
        await send({"type": "http.response.body", "body": str(taken).encode()})
        return
    try:
        await stream(lambda piece: send({"type": "http.response.body", "body": piece, "more_body": True}))
    except TimeoutError:
        pass
PYTHON

cat > "$folder/ask.py" <<'PYTHON'
import contextlib
import socket
import subprocess
import sys
import time
import urllib.request

for interface in ("rsgi", "asgi"):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", f"apps:{interface}", "--interface", interface, "--port", str(port), "--no-ws",
         "--loop", "asyncio", "--log-level", "critical"])
    try:
        def taken():
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/taken", timeout=10) as answer:
                return int(answer.read())

        for _ in range(100):
            with contextlib.suppress(OSError):
                taken()
                break
            time.sleep(0.1)
        with socket.socket() as browser:
            browser.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            browser.connect(("127.0.0.1", port))
            browser.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            time.sleep(2)
            pieces = taken()
            print(f"{interface}: {'all 64 pieces taken' if pieces == 64 else 'waits' if 0 < pieces < 32 else pieces}")
    finally:
        server.terminate()
        server.wait()
PYTHON
cd "$folder"
venv/bin/python ask.py | tee seen

diff seen - <<'SEEN' && echo "as seen before"
rsgi: all 64 pieces taken
asgi: waits
SEEN
