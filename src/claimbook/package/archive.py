"""The data package as one file to download: every table, the descriptor, the notes, and their checksums."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

from claimbook.package.tables import package

SUMS = "SHA256SUMS"
EPOCH = (1980, 1, 1, 0, 0, 0)


def archive_name(folder: Path) -> str:
    """File name of the archive: name and version of the package."""
    descriptor = package(folder)
    return f"{descriptor['name']}-{descriptor['version']}.zip"


def _alongside(folder: Path) -> list[str]:
    """The notes beside the tables, and the licence of the project, if they are there."""
    notes = sorted(path.name for path in folder.glob("*.md"))
    return [*notes, "../LICENSE"] if (folder.parent / "LICENSE").is_file() else notes


def archive(folder: Path) -> bytes:
    """The package as a zip archive; the same package gives the same bytes.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the data package.

    Returns
    -------
    bytes
        Archive with one folder that holds ``datapackage.json``, one CSV a
        table, the notes, the licence, and ``SHA256SUMS``, which ``sha256sum --check`` reads.
    """
    names = ["datapackage.json", *(item["path"] for item in package(folder)["resources"]), *_alongside(folder)]
    contents = {Path(name).name: (folder / name).read_bytes() for name in names}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in contents.items())
    contents[SUMS] = sums.encode()
    top, stream = archive_name(folder).removesuffix(".zip"), io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(f"{top}/{name}", EPOCH)
            entry.external_attr = 0o644 << 16
            file.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return stream.getvalue()


def write(folder: Path, target: Path) -> Path:
    """Write the archive and its own checksum into a folder.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the data package.
    target : pathlib.Path
        Where the archive goes.

    Returns
    -------
    pathlib.Path
        The archive; beside it lies the same name with ``.sha256``.
    """
    target.mkdir(parents=True, exist_ok=True)
    content, path = archive(folder), target / archive_name(folder)
    beside = path.with_suffix(".new")
    beside.write_bytes(content)
    path.with_name(f"{path.name}.sha256").write_text(f"{hashlib.sha256(content).hexdigest()}  {path.name}\n")
    beside.replace(path)
    return path
