"""Fetching upstream files from their publishers: resumed, checked, with a progress bar."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pandas as pd
import requests
from rich.progress import Progress
from urllib3.exceptions import ProtocolError, ReadTimeoutError

from claimbook.errors import DataError
from claimbook.package.tables import sha256

CHUNK = 1 << 16
ATTEMPTS = 5
PATIENCE = 30.0
GONE = {404, 410}


def _moved(row: pd.Series, address: str) -> DataError:
    return DataError(
        f"{row.name}: no longer at {address}; look for {row['dataset']} at {row['page']}, "
        "and put the file into a folder for make data RAW=folder"
    )


def _length(answer: requests.Response, have: int) -> int | None:
    size = answer.headers.get("Content-Length")
    return None if size is None else int(size) + have


def _receive(row: pd.Series, address: str, part: Path, progress: Progress, patience: float) -> bool:
    have = part.stat().st_size if part.exists() else 0
    headers = {"Range": f"bytes={have}-", "Accept-Encoding": "identity"} if have else {"Accept-Encoding": "identity"}
    with requests.get(address, headers=headers, stream=True, timeout=patience) as answer:
        if answer.status_code == requests.codes.requested_range_not_satisfiable:
            part.unlink()
            return False
        if answer.status_code in GONE:
            raise _moved(row, address)
        if answer.status_code >= requests.codes.bad_request:
            raise DataError(f"{row.name}: {address} answers {answer.status_code} {answer.reason}")
        resumed = answer.status_code == requests.codes.partial_content
        have = have if resumed else 0
        whole = _length(answer, have)
        bar = progress.add_task(Path(row.name).name, total=whole, completed=have)
        with part.open("ab" if resumed else "wb") as file:
            while chunk := answer.raw.read1(CHUNK):
                file.write(chunk)
                progress.advance(bar, len(chunk))
    return whole is None or part.stat().st_size == whole


def fetch(row: pd.Series, folder: Path, progress: Progress, patience: float = PATIENCE) -> Path:
    """Fetch one upstream file, unless it is there already.

    What an earlier try left behind is taken up where it stopped, if the server
    can. The file takes its name only when it is complete and, where the
    manifest has a checksum of the published file, is the one on record.

    Parameters
    ----------
    row : pandas.Series
        Row of the table ``upstream``, named by its path.
    folder : pathlib.Path
        Where the file goes.
    progress : rich.progress.Progress
        Shows how far it is.
    patience : float
        Seconds to wait for the next bytes.

    Returns
    -------
    pathlib.Path
        The file, taken out of its archive if it came in one.

    Raises
    ------
    DataError
        If the address has moved, the server fails, is silent for too long or
        breaks off again and again, or the file is not the one on record.
    """
    target = folder / row.name
    if target.is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(f"{target}.part")
    for _ in range(ATTEMPTS):
        try:
            if _receive(row, row["address"], part, progress, patience):
                break
        except ProtocolError:
            continue
        except requests.exceptions.TooManyRedirects:
            raise _moved(row, row["address"]) from None
        except (requests.exceptions.Timeout, TimeoutError, ReadTimeoutError):
            raise DataError(
                f"{row.name}: {row['address']} gave no answer within {patience:g} s; run make data again to go on"
            ) from None
        except requests.exceptions.ConnectionError:
            raise DataError(
                f"{row.name}: {row['address']} could not be reached; run make data again to go on"
            ) from None
    else:
        raise DataError(f"{row.name}: {row['address']} broke off {ATTEMPTS} times; run make data again to go on")
    expected = row["published_sha256"]
    if pd.notna(expected) and sha256(part) != expected:
        part.unlink()
        raise DataError(f"{row.name}: the file at {row['address']} has another checksum than the {expected} on record")
    if pd.notna(row["member"]):
        _extract(row, part, target)
        part.unlink()
    else:
        part.replace(target)
    return target


def _extract(row: pd.Series, archive: Path, target: Path) -> None:
    try:
        with zipfile.ZipFile(archive) as files:
            names = [name for name in files.namelist() if Path(name).name == row["member"]]
            if not names:
                raise DataError(
                    f"{row.name}: {row['address']} has no {row['member']}; it has {', '.join(files.namelist())}"
                )
            beside = Path(f"{target}.new")
            with files.open(names[0]) as source, beside.open("wb") as file:
                shutil.copyfileobj(source, file)
            beside.replace(target)
    except zipfile.BadZipFile:
        archive.unlink()
        raise DataError(f"{row.name}: {row['address']} gave a file that is not a zip archive") from None


def fetch_all(manifest: pd.DataFrame, folder: Path, patience: float = PATIENCE) -> None:
    """Fetch every upstream file that its publisher gives at an address.

    Parameters
    ----------
    manifest : pandas.DataFrame
        Table ``upstream``.
    folder : pathlib.Path
        Where the files go.
    patience : float
        Seconds to wait for the next bytes.

    Raises
    ------
    DataError
        As :func:`fetch`; files fetched before stay for the next try.
    """
    with Progress(transient=True) as progress:
        for _, row in manifest.dropna(subset="address").set_index("path", drop=False).iterrows():
            fetch(row, folder, progress, patience)
