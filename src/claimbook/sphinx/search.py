"""The book's search: names with and without accents, and by their variants.

The index holds words without accents and, for each name on a page, the words of
its other forms; the browser leaves out the accents of a query in the same way.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pandas as pd
from docutils import nodes
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.search import js_index
from sphinx.search.en import SearchEnglish

from claimbook.package import names
from claimbook.package.tables import load

ADDRESS = re.compile(r"https?://\S+")
NUMBER = re.compile("[0-9]+")
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
SPLITTER = r"""
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "");
var splitQuery = (query) => fold(query).match(/[0-9]\+[0-9]|[\p{L}\p{N}_]+/gu) || [];
const nameForms = FORMS;
"""


class SearchNames(SearchEnglish):
    """English, with the accents left out and the variants of names added."""

    lang = "names"
    language_name = "English with variants of names"

    def init(self, options):
        """Read the forms of names from the data package, the option ``data``, and its table ``variants``, if it has one."""
        super().init(options)
        folder, table = Path(options["data"]), options["variants"]
        variants = load(table, folder) if table else pd.DataFrame(columns=["variant", "name"], dtype="str")
        groups = names.groups(variants, load("terms", folder))
        self.known = names.others(groups)
        forms = [[names.fold(form).lower() for form in group] for group in groups]
        self.js_splitter_code = SPLITTER.replace("FORMS", json.dumps(forms, separators=(",", ":")))

    def split(self, input):
        """Words of a text and of the other forms of its names, without addresses, which nobody types in parts."""
        found = names.words(ADDRESS.sub(" ", input))
        return found + names.mentioned(found, self.known)

    def word_filter(self, word):
        """Keep out numbers as well: the browser does not look for them."""
        return not NUMBER.fullmatch(word) and super().word_filter(word)


def _tell_data(app, config):
    config.html_search_options = {"data": str(Path(app.srcdir) / "data"), "variants": app.book.variants}


def _finish(app, exception):
    if exception is None and app.builder.format == "html":
        _mend_index(Path(app.outdir) / "searchindex.js", _cards(app.env))
        _write_descriptions(Path(app.outdir), sorted(app.env.found_docs))


class Cards(EnvironmentCollector):
    """Remembers the cards of each page as it is read: reading all pages again at the end takes as long as all else."""

    def clear_doc(self, app, env, docname):
        """Forget the cards of a page that is read again or gone."""
        _kept(env).pop(docname, None)

    def merge_other(self, app, env, docnames, other):
        """Take over those of the pages that another process has read."""
        _kept(env).update({name: _kept(other)[name] for name in docnames})

    def process_doc(self, app, doctree):
        """Note anchor and title of each card, once by its whole title and once by the name before the colon."""
        found = _kept(app.env)[app.env.docname] = []
        for card in doctree.findall(nodes.admonition):
            if "body-card" in card["classes"]:
                title = card.next_node(nodes.title).astext()
                found += [(card["ids"][0], form) for form in dict.fromkeys((title.split(": ")[0], title))]


def _kept(env) -> dict[str, list[tuple[str, str]]]:
    return env.__dict__.setdefault("claimbook_cards", {})


def _cards(env) -> list[tuple[str, str, str]]:
    """Page, anchor and title of each card of the book."""
    return [(name, *card) for name, cards in sorted(_kept(env).items()) for card in cards]


def _mend_index(path: Path, places: list[tuple[str, str, str]]) -> None:
    """Add the titles of cards, and take out the words that have left the pages: Sphinx keeps them, with an empty list, when it builds on an older index."""
    index = js_index.loads(path.read_text(encoding="utf-8"))
    for part in ("terms", "titleterms"):
        index[part] = {word: pages for word, pages in index[part].items() if pages != []}
    for name, anchor, title in places:
        place = [index["docnames"].index(name), anchor]
        known = index["alltitles"].setdefault(title, [])
        if place not in known:
            known.append(place)
    path.write_text(js_index.dumps(index), encoding="utf-8")


def _write_descriptions(out: Path, docnames: list[str]) -> None:
    """Put what each page says about itself beside the index, for readers whose browser may not fetch pages."""
    said = {}
    for name in docnames:
        found = DESCRIPTION.search((out / f"{name}.html").read_text(encoding="utf-8"))
        if found:
            said[name] = html.unescape(found[1])
    text = json.dumps(said, ensure_ascii=False, indent=0)
    (out / "pagedescriptions.js").write_text(f"const pageDescriptions = {text};\n", encoding="utf-8")


def setup(app):
    """Register the language with Sphinx; ``html_search_language`` in the settings chooses it."""
    app.add_search_language(SearchNames)
    app.add_env_collector(Cards)
    app.connect("config-inited", _tell_data)
    app.connect("build-finished", _finish)
