"""A spool: bytes that wait on the disk, sealed with a key that is only in memory, in a file without a name."""
import io
import os
import tempfile
import threading

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

BLOCK = 64 * 1024
TAG = 16


class Spool:
    """Takes pieces at its end and gives them back from its start; one thread may write while another reads.

    The file has no name, so nothing of it is left when the process ends, and its key ends with this object.
    """

    def __init__(self, folder):
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - `close` closes it
        self._cipher = AESGCM(AESGCM.generate_key(128))
        self._lock = threading.Lock()
        self._pending = bytearray()
        self._written = self._read = 0

    def write(self, piece):
        """Add bytes at the end. Raises OSError when the disk is full."""
        with self._lock:
            self._pending += piece
            while len(self._pending) >= BLOCK:
                self._seal(bytes(self._pending[:BLOCK]))
                del self._pending[:BLOCK]

    def read(self):
        """The next bytes, at most BLOCK; b'' when all that was written has been read."""
        with self._lock:
            if self._read < self._written:
                sealed = os.pread(self._file.fileno(), BLOCK + TAG, self._read * (BLOCK + TAG))
                self._read += 1
                return self._cipher.decrypt(self._nonce(self._read), sealed, None)
            piece = bytes(self._pending)
            self._pending.clear()
            return piece

    def close(self):
        """Give the disk its space back."""
        self._file.close()

    def _seal(self, block):
        sealed = memoryview(self._cipher.encrypt(self._nonce(self._written + 1), block, None))
        at = self._written * (BLOCK + TAG)
        while sealed:
            done = os.pwrite(self._file.fileno(), sealed, at)
            sealed, at = sealed[done:], at + done
        self._written += 1

    @staticmethod
    def _nonce(number):
        # The key seals nothing else, so a counter never gives a nonce twice.
        return number.to_bytes(12, "big")


class Spooled(io.RawIOBase):
    """A spool as a file that is read once, for the body of a request."""

    def __init__(self, spool):
        self._spool = spool
        self._rest = memoryview(b"")

    def readable(self):
        """Say that it can be read."""
        return True

    def readinto(self, buffer):
        """Fill the buffer with the next bytes; return how many, 0 at the end."""
        if not self._rest:
            self._rest = memoryview(self._spool.read())
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
