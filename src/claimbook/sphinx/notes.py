"""What a linked term or claim stands for, as the title of its link; the report's script shows it as a card."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from claimbook.package.tables import load


def notes(folder: Path) -> dict[tuple[str, str], str]:
    """The notes by kind of link and what it names.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the data package.

    Returns
    -------
    dict
        Definitions under ``("term", name in small letters)``, both for terms
        and their abbreviations; claims under ``("claim", key)``.
    """
    terms, claims = load("terms", folder), load("claims", folder)
    found = {("claim", row.key): row.claim for row in claims.itertuples()}
    for column in ("term", "abbreviation"):
        found |= {
            ("term", row[column].lower()): row["definition"] for _, row in terms.dropna(subset=[column]).iterrows()
        }
    return found


class LinkNotes(SphinxPostTransform):
    """Remember the note of each link before it is resolved: a resolved link no longer says what it names."""

    builders = ("html",)
    default_priority = 9

    def run(self, **kwargs):
        """Mark the words of each link to a term or claim."""
        found = notes(Path(self.app.srcdir) / "data")
        for link in self.document.findall(addnodes.pending_xref):
            note = found.get(
                (link["reftype"], link["reftarget"].lower() if link["reftype"] == "term" else link["reftarget"])
            )
            if note:
                link.next_node(nodes.inline)["note"] = note


def _title(app, doctree, docname):
    for link in doctree.findall(nodes.reference):
        words = link.next_node(nodes.inline)
        if words is not None and "note" in words:
            link["reftitle"] = words["note"]


def setup(app):
    """Register the transform, and what titles the links."""
    app.add_post_transform(LinkNotes)
    app.connect("doctree-resolved", _title)
