"""Opens many connections to a server from a process of its own: readers, readers that stand still, slow senders.

`python -m bench.tools.crowd PORT SECONDS`, with a JSON object on standard input: kind → (behaviour, requests as text).
It prints a JSON object: kind → how its requests ended, with their numbers.
"""
import asyncio
import json
import socket
import sys
from collections import Counter

OPEN_AGAIN = 0.2
# In a request it stands for the number of requests so far, so that each can have an address of its own.
COUNT = b"{count}"


class Crowd:
    """Connections to a port of 127.0.0.1 until the time is over; `outcomes` counts how they ended, by kind."""

    def __init__(self, port, seconds):
        self.port = port
        self.seconds = seconds
        self.outcomes = {}
        self.sent = 0

    async def run(self, members):
        """Let every request of `members` have a connection of its own, opened again when it ends."""
        kinds = {"reads": self._reads, "stands still": self._stands_still, "drips": self._drips}
        waiting = [self._again(kind, kinds[how], request.encode())
                   for kind, (how, requests) in members.items() for request in requests]
        await asyncio.gather(*waiting)

    async def _again(self, kind, do, request):
        loop = asyncio.get_running_loop()
        until = loop.time() + self.seconds
        seen = self.outcomes.setdefault(kind, Counter())
        while (left := until - loop.time()) > 0:
            try:
                async with asyncio.timeout(left):
                    reader, writer = await asyncio.open_connection(sock=await self._connected(loop))
                    try:
                        self.sent += 1
                        # The same length each time, for it is within a Content-Length.
                        seen[await do(reader, writer, request.replace(COUNT, b"%07d" % self.sent))] += 1
                    finally:
                        writer.transport.abort()
            except TimeoutError:
                seen["still there at the end"] += 1
            except OSError as error:
                seen[type(error).__name__] += 1
            await asyncio.sleep(OPEN_AGAIN)

    async def _connected(self, loop):
        """A connection that takes little of an answer that nobody reads: the rest waits at the server."""
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.setblocking(False)
        await loop.sock_connect(connection, ("127.0.0.1", self.port))
        return connection

    @staticmethod
    async def _reads(reader, writer, request):
        writer.write(request)
        status = (await reader.readline()).decode("latin-1").split(" ")
        while await reader.read(1 << 16):
            pass
        return status[1] if len(status) > 1 else "no answer"

    @staticmethod
    async def _stands_still(reader, writer, request):
        writer.write(request)
        await reader.readline()
        writer.transport.pause_reading()
        while not writer.is_closing():
            await asyncio.sleep(1)
        return "dropped"

    @staticmethod
    async def _drips(reader, writer, request):
        """Send the first part, then a byte a second."""
        head, rest = request.split(b"|", 1)
        writer.write(head)
        for place in range(len(rest)):
            await asyncio.sleep(1)
            writer.write(rest[place:place + 1])
            await writer.drain()
            if reader.at_eof():
                return "dropped"
        return "sent"


async def main(port, seconds):
    """Be the crowd that standard input describes."""
    crowd = Crowd(port, seconds)
    await crowd.run(json.load(sys.stdin))
    print(json.dumps(crowd.outcomes))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2])))
