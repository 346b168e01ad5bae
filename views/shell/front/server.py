"""The server: uvicorn on a socket of ours. `flask serve` becomes this program (docs/decisions/0007)."""
import resource
import socket

import click
import uvicorn
from uvicorn.supervisors import Multiprocess

from views.shell.front.protocol import DeadlineProtocol

# Seconds after which the system drops a reader that stands still, and in which a server that stops lets answers go.
STILL = 30
GRACE = 10


@click.command()
@click.option("--host", required=True)
@click.option("--port", required=True, type=int)
@click.option("--workers", required=True, type=int)
@click.option("--certificate")
@click.option("--key")
def main(host, port, workers, certificate, key):
    """Serve until stopped."""
    _allow_many_connections()
    listener = listen(host, port)
    chosen = options(workers, certificate, key)
    if workers > 1:
        Multiprocess(chosen, sockets=[listener]).run()
    else:
        uvicorn.Server(chosen).run(sockets=[listener])


def options(workers=1, certificate=None, key=None, app="app:create_worker"):
    """The options of uvicorn; `app` makes the ASGI application."""
    return uvicorn.Config(
        app, factory=True, interface="asgi3", lifespan="off", ws="none", http=DeadlineProtocol, loop="uvloop",
        workers=workers, ssl_certfile=certificate, ssl_keyfile=key,
        # The access log writes addresses; a header of another machine is no proof of anything.
        access_log=False, log_level="error", proxy_headers=False, server_header=False,
        timeout_graceful_shutdown=GRACE)


def listen(host, port):
    """The socket that all connections come from. Raises OSError when another program listens there."""
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Each connection inherits it.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STILL * 1000)
    listener.bind(address)
    listener.set_inheritable(True)
    return listener


def _allow_many_connections():
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    main()
