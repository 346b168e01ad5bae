"""Static files: compressed ahead of time, at addresses that hold a hash of the content, cached by browsers for ever.

A file has no other address: a browser fetches it again when it changed, and only then.
"""
import gzip
import hashlib
import os
import shutil
from pathlib import Path

import brotli
from werkzeug.sansio.utils import host_is_trusted
from whitenoise import WhiteNoise

FOLDER = Path(__file__).parents[2] / "static"
PREFIX = "/static/"
COMPRESSORS = {".br": brotli.compress, ".gz": lambda content: gzip.compress(content, mtime=0)}
COMPRESSIBLE = {".css", ".js", ".svg"}


class StaticFiles(WhiteNoise):
    """WhiteNoise over one folder; `url` gives a file's address, `find` the file that a request asks for."""

    def __init__(self, trusted_hosts, folder=FOLDER):
        super().__init__(None, allow_all_origins=False, mimetypes={".svg": "image/svg+xml; charset=utf-8"})
        self.trusted_hosts = trusted_hosts
        self.urls = {}
        for path in _originals(folder):
            name = path.relative_to(folder).as_posix()
            stem, extension = os.path.splitext(name)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
            self.urls[name] = f"{PREFIX}{stem}.{digest}{extension}"
            self.add_file_to_dictionary(self.urls[name], str(path), stat_cache=_fresh(path))

    def immutable_file_test(self, path, url):
        """Tell WhiteNoise that no file ever changes under its address."""
        return True

    def url(self, name):
        """The address of static/`name`; raises KeyError if that file does not exist."""
        return self.urls[name]

    def find(self, environ):
        """The static file that a request asks for; None for another address or an untrusted host."""
        static_file = self.files.get(environ["PATH_INFO"])
        if static_file and host_is_trusted(environ.get("HTTP_HOST"), self.trusted_hosts):
            return static_file
        return None


def compress(folder=FOLDER):
    """Write missing or stale compressed variants beside the files; return False if writing is not permitted."""
    try:
        for path in _originals(folder):
            if path.suffix in COMPRESSIBLE and len(_fresh(path)) <= len(COMPRESSORS):
                _compress(path)
    except PermissionError:
        return False
    return True


def _compress(path):
    content, stat = path.read_bytes(), path.stat()
    for ending, compressor in COMPRESSORS.items():
        variant = Path(f"{path}{ending}")
        draft = Path(f"{variant}.{os.getpid()}.draft")
        draft.write_bytes(compressor(content))
        shutil.copymode(path, draft)
        os.utime(draft, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        draft.replace(variant)


def _originals(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in (*COMPRESSORS, ".draft"))


def _fresh(path):
    """The file and its variants as path → stat; a variant with another modification time is stale and left out."""
    stats = {str(path): path.stat()}
    for ending in COMPRESSORS:
        variant = Path(f"{path}{ending}")
        if variant.exists() and variant.stat().st_mtime_ns == path.stat().st_mtime_ns:
            stats[str(variant)] = variant.stat()
    return stats
