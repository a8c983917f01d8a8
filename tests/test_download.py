"""Fetching upstream files from a server that misbehaves."""

from __future__ import annotations

import hashlib
import io
import shutil
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pandas as pd
import pytest
from rich.console import Console
from rich.progress import Progress

from claimbook.errors import DataError
from cooperation.ingest import __main__ as ingest
from cooperation.ingest.download import fetch

from project import ROOT

CONTENT = b"year,value\n" + b"".join(b"%d,%d\n" % (year, year * 7) for year in range(1900, 2025)) * 40
NAME = "publisher/series.csv"


class Publisher(BaseHTTPRequestHandler):
    """A publisher's server: ``/good`` serves, every other path fails in its own way."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Say nothing."""

    def answer(self, body, status=200, length=None, **headers):
        """Send an answer, whose length may be a lie."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def do_GET(self):
        """Answer as the path says."""
        self.server.asked.append((self.path, self.headers.get("Range")))
        if self.path in self.server.files:
            self.answer(self.server.files[self.path])
            return
        getattr(self, self.path.strip("/").replace("-", "_"))()

    def good(self):
        """Serve, from where the reader left off."""
        start = self.headers.get("Range", "bytes=0-").removeprefix("bytes=").removesuffix("-")
        status = 206 if "Range" in self.headers else 200
        self.answer(self.server.content[int(start) :], status)

    def gone(self):
        """The file is no longer there."""
        self.answer(b"not here", 404)

    def breaks_off_once(self):
        """Break off in the middle, but only the first time."""
        if "Range" in self.headers:
            self.good()
        else:
            self.answer(self.server.content[:20000], length=len(self.server.content))

    def always_breaks_off(self):
        """Break off every time, without a byte more."""
        self.answer(self.server.content[:20000], length=len(self.server.content))

    def slow(self):
        """Send a little, then nothing."""
        self.answer(self.server.content[:100], length=len(self.server.content))
        self.wfile.flush()
        time.sleep(1.5)

    def fails(self):
        """A fault of the server."""
        self.answer(b"", 503)


@pytest.fixture
def publisher():
    """A server on the loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    server.daemon_threads = True
    server.content, server.asked, server.files = CONTENT, [], {}
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def row(server, path, **cells):
    """A row of the manifest."""
    address = f"http://127.0.0.1:{server.server_port}/{path}"
    content = {"address": address, "dataset": "Series", "page": "https://example.org/series", "member": None}
    return pd.Series({**content, "published_sha256": hashlib.sha256(CONTENT).hexdigest(), **cells}, name=NAME)


def get(item, folder, patience=5.0):
    """Fetch, and return the text of the progress bar with the path."""
    screen = io.StringIO()
    with Progress(console=Console(file=screen, force_terminal=True, width=100)) as progress:
        path = fetch(item, folder, progress, patience)
    return path, screen.getvalue()


def refused(item, folder, patience=5.0):
    """Fetch what must fail; no file may carry the name."""
    with pytest.raises(DataError) as stopped:
        get(item, folder, patience)
    assert not (folder / NAME).exists()
    return str(stopped.value)


def test_complete_file(publisher, tmp_path):
    """The file arrives, the bar shows it to the end, and it is not fetched twice."""
    path, screen = get(row(publisher, "good"), tmp_path)
    assert path.read_bytes() == CONTENT
    assert "series.csv" in screen
    assert "100%" in screen
    get(row(publisher, "good"), tmp_path)
    assert len(publisher.asked) == 1
    assert [item.name for item in path.parent.iterdir()] == ["series.csv"]


def test_address_has_moved(publisher, tmp_path):
    """A page to look at and a way out are named."""
    said = refused(row(publisher, "gone"), tmp_path)
    assert said.startswith(f"{NAME}: no longer at http://127.0.0.1:")
    assert said.endswith(
        "look for Series at https://example.org/series, and put the file into a folder for make data RAW=folder"
    )


def test_transfer_is_taken_up_where_it_broke_off(publisher, tmp_path):
    """After a break only the rest is asked for."""
    path, _ = get(row(publisher, "breaks-off-once"), tmp_path)
    assert path.read_bytes() == CONTENT
    assert [range_ for _, range_ in publisher.asked] == [None, "bytes=20000-"]


def test_server_that_always_breaks_off(publisher, tmp_path):
    """After some tries the command stops and says how to go on."""
    said = refused(row(publisher, "always-breaks-off"), tmp_path)
    assert said.endswith("always-breaks-off broke off 5 times; run make data again to go on")


def test_a_later_run_goes_on(publisher, tmp_path):
    """What a run left behind is used by the next."""
    refused(row(publisher, "slow"), tmp_path, patience=0.5)
    path, _ = get(row(publisher, "good"), tmp_path)
    assert path.read_bytes() == CONTENT
    assert publisher.asked[-1] == ("/good", "bytes=100-")


def test_wrong_checksum(publisher, tmp_path):
    """A file that is not the one on record is thrown away."""
    said = refused(row(publisher, "good", published_sha256="0" * 64), tmp_path)
    assert f"has another checksum than the {'0' * 64} on record" in said
    assert list((tmp_path / "publisher").iterdir()) == []


def test_slow_server(publisher, tmp_path):
    """A server that falls silent is not waited for without end."""
    said = refused(row(publisher, "slow"), tmp_path, patience=0.5)
    assert said.endswith("/slow gave no answer within 0.5 s; run make data again to go on")


def test_server_at_fault(publisher, tmp_path):
    """The answer of the server is passed on."""
    assert "answers 503 Service Unavailable" in refused(row(publisher, "fails"), tmp_path)


def test_no_server(publisher, tmp_path):
    """An address where nobody listens."""
    item = row(publisher, "good")
    item["address"] = "http://127.0.0.1:9/good"
    assert "could not be reached" in refused(item, tmp_path, patience=0.5)


def test_archive(publisher, tmp_path):
    """A file in a zip archive is taken out of it; an archive without it is told apart."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("folder/series.csv", CONTENT)
    publisher.content = packed.getvalue()
    path, _ = get(row(publisher, "good", member="series.csv", published_sha256=None), tmp_path)
    assert path.read_bytes() == CONTENT
    path.unlink()
    said = refused(row(publisher, "good", member="other.csv", published_sha256=None), tmp_path)
    assert said.endswith("/good has no other.csv; it has folder/series.csv")


def test_not_an_archive(publisher, tmp_path):
    """An error page in place of an archive."""
    assert "not a zip archive" in refused(row(publisher, "good", member="series.csv", published_sha256=None), tmp_path)


@pytest.fixture
def package_copy(tmp_path, publisher):
    """A data package whose population and product come from the loopback server, and everything else from nowhere."""
    folder = shutil.copytree(ROOT / "data", tmp_path / "data")
    manifest = pd.read_csv(folder / "upstream.csv", dtype=str)
    bank = manifest["path"].str.startswith("worldbank")
    manifest.loc[~bank, "address"] = None
    for index in manifest.index[bank]:
        path = manifest.loc[index, "path"]
        manifest.loc[index, ["address", "tolerance"]] = f"http://127.0.0.1:{publisher.server_port}/{path}", "1e9"
    manifest.to_csv(folder / "upstream.csv", index=False)
    economy = pd.read_csv(folder / "economy.csv")
    for name, values in (
        ("worldbank-population/population_region.csv", economy["population"]),
        ("worldbank-gdp/gdp_current_usd_region.csv", economy["gdp_usd_millions"] * 1e6),
    ):
        table = pd.DataFrame({"Country Code": economy["iso3"], "Year": economy["year"], "Value": values})
        publisher.files[f"/{name}"] = table.dropna().to_csv(index=False).encode()
    return folder


def test_tables_are_made_from_fetched_files(publisher, package_copy, tmp_path):
    """What the publishers serve gives the table on record, and a table lost is there again."""
    before = (package_copy / "economy.csv").read_bytes()
    (package_copy / "economy.csv").unlink()
    said = ingest.from_publishers(package_copy, tmp_path / "store")
    assert len(publisher.asked) == 2
    assert (package_copy / "economy.csv").read_bytes() == before
    assert said.startswith("rebuilt from the publishers' files, and the same: economy\n")
    milex = "SIPRI Military Expenditure Database, https://www.sipri.org/databases/milex"
    assert f"\n  sipri-milex/SIPRI_Milex_1949_2024_region_long.csv: {milex}" in said


def test_changed_upstream_leaves_the_tables_in_place(publisher, package_copy, tmp_path):
    """A publisher's file that gives another number stops the command; what is there stays."""
    name = "/worldbank-population/population_region.csv"
    publisher.files[name] = publisher.files[name].replace(b"BEN,1960,2517286", b"BEN,1960,2517287")
    before = {path.name: path.read_bytes() for path in package_copy.iterdir() if path.is_file()}
    with pytest.raises(DataError, match="economy: comes out otherwise from the publishers' present files"):
        ingest.from_publishers(package_copy, tmp_path / "store")
    assert {path.name: path.read_bytes() for path in package_copy.iterdir() if path.is_file()} == before


def test_a_page_in_place_of_a_file_is_not_kept(publisher, package_copy, tmp_path):
    """An answer that is no data is refused, and fetched again the next time."""
    name = "/worldbank-gdp/gdp_current_usd_region.csv"
    good, publisher.files[name] = publisher.files[name], b"<html>\nWe have moved\n"
    with pytest.raises(DataError, match=r"gdp_current_usd_region\.csv: column Country Code is missing"):
        ingest.from_publishers(package_copy, tmp_path / "store")
    publisher.files[name] = good
    assert "the same: economy" in ingest.from_publishers(package_copy, tmp_path / "store")
