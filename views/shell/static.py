"""Static files: addresses that hold a hash of the content, compressed ahead of time, kept by browsers for ever.

Only the hash-named addresses exist: a file that changed is fetched anew, one that did not is asked for once.
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
    """WhiteNoise over one folder; `url` gives a file's address, and `find` what a request asks for."""

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
        return True

    def url(self, name):
        """The address of static/`name`; KeyError where there is no such file."""
        return self.urls[name]

    def find(self, environ):
        """What a request asks for; None where that is no static file, or no host of ours: the application answers."""
        static_file = self.files.get(environ["PATH_INFO"])
        if static_file and host_is_trusted(environ.get("HTTP_HOST"), self.trusted_hosts):
            return static_file
        return None


def compress(folder=FOLDER):
    """Write the compressed variants that are missing or stale beside the files; False where that is not allowed."""
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
    """The file and its variants with their stat; a variant of another moment may be of other content: left out."""
    stats = {str(path): path.stat()}
    for ending in COMPRESSORS:
        variant = Path(f"{path}{ending}")
        if variant.exists() and variant.stat().st_mtime_ns == path.stat().st_mtime_ns:
            stats[str(variant)] = variant.stat()
    return stats
