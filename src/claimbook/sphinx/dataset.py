"""The data package in the HTML book: its archive to download, and its schema.org description."""

from __future__ import annotations

import json
from pathlib import Path

from claimbook.package.archive import archive_name, write
from claimbook.package.tables import load, package
from claimbook.settings import Settings


def _column(folder: Path, place: str | None) -> list[str]:
    """Values of a column that the settings name as ``table.column``; none if they name none."""
    if place is None:
        return []
    table, column = place.split(".")
    return list(dict.fromkeys(load(table, folder)[column]))


def description(folder: Path, up: str, book: Settings) -> dict:
    """The package as a schema.org Dataset.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the data package.
    up : str
        Path from the page to the root of the book.
    book : Settings
        Names the columns of the places covered and of the upstream pages.

    Returns
    -------
    dict
        JSON-LD, with each table as a part of its own licence.
    """
    descriptor = package(folder)
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": descriptor["title"],
        "description": descriptor["description"],
        "version": descriptor["version"],
        "license": descriptor["licenses"][0]["path"],
        "isAccessibleForFree": True,
        "inLanguage": descriptor.get("language", "en"),
        "keywords": descriptor["keywords"],
        "creator": {"@type": "Organization", "name": descriptor["contributors"][0]["title"]},
        "temporalCoverage": descriptor["temporal"],
        "spatialCoverage": [{"@type": "Place", "name": name} for name in _column(folder, book.places)],
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/zip",
            "contentUrl": f"{up}data/{archive_name(folder)}",
        },
        "isBasedOn": sorted(_column(folder, book.based_on)),
        "hasPart": [
            {
                "@type": "Dataset",
                "name": item["title"],
                "alternateName": item["name"],
                "description": item["description"],
                "license": item["licenses"][0]["path"],
                "variableMeasured": [field["name"] for field in item["schema"]["fields"]],
            }
            for item in descriptor["resources"]
        ],
    }


def _describe(app, pagename, templatename, context, doctree):
    if pagename not in app.book.dataset_pages:
        return
    up = "../" * pagename.count("/")
    text = json.dumps(description(Path(app.srcdir) / "data", up, app.book), ensure_ascii=False, indent=1)
    text = text.replace("</", r"<\/")
    context["metatags"] = f'{context.get("metatags", "")}<script type="application/ld+json">{text}</script>'


def _add_archive(app, exception):
    if exception is None and app.builder.format == "html":
        write(Path(app.srcdir) / "data", Path(app.outdir) / "data")


def setup(app):
    """Connect to Sphinx."""
    app.connect("html-page-context", _describe)
    app.connect("build-finished", _add_archive)
