"""A version of the data package: as one file to download, and compared with another, row by row."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile

import pytest

from claimbook.errors import DataError
from claimbook.package import archive, changes
from claimbook.package.tables import package

from project import EXAMPLE, ROOT

DATA = EXAMPLE / "data"


def test_archive_holds_the_package_and_its_checksums(example, tmp_path):
    """Who downloads the archive can check every file, the notes and the licence included, and the archive itself."""
    data = example.root / "data"
    (data / "CHANGELOG.md").write_text("# Changes\n", encoding="utf-8")
    shutil.copy(ROOT / "LICENSE", example.root)
    path = archive.write(data, tmp_path)
    again = archive.write(data, tmp_path / "again")
    assert path.read_bytes() == again.read_bytes()
    said, name = path.with_name(f"{path.name}.sha256").read_text().split()
    assert (said, name) == (hashlib.sha256(path.read_bytes()).hexdigest(), path.name)
    with zipfile.ZipFile(path) as file:
        top = path.stem
        sums = dict(reversed(line.split("  ")) for line in file.read(f"{top}/SHA256SUMS").decode().splitlines())
        assert set(file.namelist()) == {f"{top}/{name}" for name in [*sums, "SHA256SUMS"]}
        tables = {item["path"] for item in package(data)["resources"]}
        assert set(sums) == {*tables, "datapackage.json", "CHANGELOG.md", "LICENSE"}
        for name, digest in sums.items():
            assert hashlib.sha256(file.read(f"{top}/{name}")).hexdigest() == digest


@pytest.fixture
def older(tmp_path):
    """A version of the package in which three things are otherwise."""
    folder = shutil.copytree(DATA, tmp_path / "older")
    path = folder / "kidnappings.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = next(number for number, line in enumerate(lines) if line.startswith("H05,"))
    del lines[gone]
    path.write_text("".join(lines).replace(",Niamey restaurant,", ",Niamey,"), encoding="utf-8")
    (folder / "term_sources.csv").unlink()
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [item for item in descriptor["resources"] if item["name"] != "term_sources"]
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def test_changes_row_by_row(older):
    """An added table, an added row and a changed cell are told, and nothing else."""
    table = changes.changes(changes.read(str(older)), changes.read(str(DATA)))
    assert table.to_numpy().tolist() == [
        ["term_sources", "", "table added", "", "", "5 rows"],
        ["kidnappings", "H05", "added", "", "", ""],
        ["kidnappings", "H12", "changed", "place_taken", "Niamey", "Niamey restaurant"],
    ]


def test_changes_between_archive_and_folder(older, tmp_path):
    """An archive of the package compares equal to its folder."""
    path = archive.write(DATA, tmp_path / "out")
    assert changes.changes(changes.read(str(path)), changes.read(str(DATA))).empty
    assert len(changes.changes(changes.read(str(DATA)), changes.read(str(older)))) == 3


@pytest.mark.slow
@pytest.mark.parametrize(
    ("version", "said"), [("", "neither a folder"), ("book", "holds no datapackage.json"), ("_config.yml", "not a zip")]
)
def test_changes_against_what_is_no_version(version, said, monkeypatch):
    """A folder without a package, another file, or nothing at all is answered in a line."""
    monkeypatch.chdir(EXAMPLE)
    with pytest.raises(DataError, match=said):
        changes.read(version)


@pytest.mark.slow
def test_changes_against_nothing():
    """What is no version is said to be none."""
    with pytest.raises(DataError, match="nowhere: neither a folder, nor a zip archive, nor a revision"):
        changes.read("nowhere")
