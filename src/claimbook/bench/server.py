"""A folder served on this machine alone, compressed as every host of pages does it."""

from __future__ import annotations

import functools
import gzip
import io
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TEXT = ("text/", "application/javascript", "application/json", "application/xml", "image/svg+xml")


@functools.lru_cache(maxsize=256)
def _packed(path: Path, mtime_ns: int, size: int) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body leave in two parts; the second would otherwise wait for the first to be confirmed.
    disable_nagle_algorithm = True

    def send_head(self):
        """Answer with the compressed file; leave to the parent what is no text file, or asked for as it is."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        kind = self.guess_type(str(path))
        if not path.is_file() or not kind.startswith(TEXT) or "gzip" not in self.headers.get("Accept-Encoding", ""):
            return super().send_head()
        now = path.stat()
        body = _packed(path, now.st_mtime_ns, now.st_size)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        return io.BytesIO(body)

    def log_message(self, format, *args):
        """Keep quiet: whoever serves tells what there is to tell."""


class _Server(ThreadingHTTPServer):
    # A browser opens several connections at once; those beyond the queue would wait a second.
    request_queue_size = 64

    def handle_error(self, request, client_address):
        """Let a browser hang up, as it does when a page is left; report anything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serve_compressed(folder: Path) -> Iterator[str]:
    """Serve a folder at a free port of 127.0.0.1 until the block is left.

    Parameters
    ----------
    folder : pathlib.Path
        What to serve; ``index.html`` answers for a folder.

    Yields
    ------
    str
        Address of the folder, without a slash at its end.
    """
    with _Server(("127.0.0.1", 0), functools.partial(_Handler, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
