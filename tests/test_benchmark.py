"""The server that benchmarks measure through, and the table that they print."""

from __future__ import annotations

import gzip
import urllib.error
import urllib.request
from http.client import HTTPMessage

import pytest

from cooperation.server import serve_compressed

PAGE = "<!doctype html><title>Page</title>" + "<p>The same sentence again.</p>" * 200


@pytest.fixture
def folder(tmp_path):
    """A page and a picture."""
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "index.html").write_text(PAGE)
    (tmp_path / "picture.png").write_bytes(bytes(range(256)))
    return tmp_path


def fetch(url: str, **headers: str) -> tuple[HTTPMessage, bytes]:
    """Headers and body as they come over the wire."""
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=5) as answer:
        return answer.headers, answer.read()


@pytest.mark.parametrize("path", ["part/index.html", "part/", "part/?from=search"])
def test_pages_are_compressed(folder, path):
    """Whoever takes gzip gets the page in a few bytes, and it is the whole page."""
    with serve_compressed(folder) as address:
        headers, body = fetch(f"{address}/{path}", **{"Accept-Encoding": "gzip, br"})
    assert headers["Content-Type"] == "text/html"
    assert headers["Content-Encoding"] == "gzip"
    assert int(headers["Content-Length"]) == len(body) < len(PAGE) / 10
    assert gzip.decompress(body).decode() == PAGE


def test_other_files_and_other_readers_get_what_lies_there(folder):
    """A picture is packed already; whoever does not take gzip is not given it."""
    with serve_compressed(folder) as address:
        headers, picture = fetch(f"{address}/picture.png", **{"Accept-Encoding": "gzip"})
        assert (headers["Content-Type"], picture) == ("image/png", bytes(range(256)))
        assert fetch(f"{address}/part/index.html")[1].decode() == PAGE


def test_a_changed_page_is_served_as_it_is_now(folder):
    """No reader is given what a page said before the last build."""
    with serve_compressed(folder) as address:
        fetch(f"{address}/part/", **{"Accept-Encoding": "gzip"})
        (folder / "part" / "index.html").write_text("new")
        assert gzip.decompress(fetch(f"{address}/part/", **{"Accept-Encoding": "gzip"})[1]) == b"new"


def test_what_is_not_there_is_not_found(folder):
    """A wrong address is answered as one, and nothing above the folder can be reached."""
    (folder / "outside.txt").write_text("not to be served")
    with serve_compressed(folder / "part") as address:
        for path in ("missing.html", "../outside.txt", "%2e%2e/outside.txt"):
            with pytest.raises(urllib.error.HTTPError, match="404") as refused:
                fetch(f"{address}/{path}")
            refused.value.close()


def test_server_is_on_this_machine_alone_and_gone_afterwards(folder):
    """It listens on the loopback, and its port is closed when the block is left, even by an error."""
    with pytest.raises(RuntimeError, match="in the block"), serve_compressed(folder) as address:
        assert fetch(f"{address}/part/")[1].decode() == PAGE
        with pytest.raises(urllib.error.URLError):
            fetch(f"{address}/part/".replace("127.0.0.1", "127.0.0.2"))
        raise RuntimeError("in the block")
    with pytest.raises(urllib.error.URLError, match="refused"):
        fetch(f"{address}/part/")
