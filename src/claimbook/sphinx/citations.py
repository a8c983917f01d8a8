"""Citations numbered within each chapter, raised behind the word, with the works cited listed at its end.

A reader follows a citation to the end of the same page, and from there to the
page that is cited; the appendix lists every source under its permanent key.
"""

from __future__ import annotations

import ast
import functools
from collections import defaultdict
from typing import ClassVar

import docutils.nodes as nodes
import pybtex.plugin
from pybtex.plugin import find_plugin, register_plugin
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.bibtex.domain import BibtexDomain, Citation, _FilterVisitor, get_docnames
from sphinxcontrib.bibtex.transforms import node_text_transform

from claimbook.package.bibliography import unescaped

# For every part of every style it reads the entry points of all packages that are installed.
pybtex.plugin._load_entry_point = functools.cache(pybtex.plugin._load_entry_point)


class KeyLabels(BaseLabelStyle):
    """Label each work by its key, as the tables of the data package name it."""

    def format_labels(self, sorted_entries):
        """Yield the keys, in the order of the entries."""
        for entry in sorted_entries:
            yield entry.key


class KeySorting(BaseSortingStyle):
    """Sort works by their keys, whether they are cited or not."""

    def sorting_key(self, entry):
        """Return the key of the entry."""
        return entry.key


class KeyStyle(PlainStyle):
    """The plain style with keys for labels, sorted by them; what the last build formatted is taken from there."""

    default_label_style = KeyLabels
    default_sorting_style = KeySorting
    last: ClassVar[dict[str, Citation]] = {}

    def format_entry(self, label, entry, bib_data=None):
        """Return the work as the last build formatted it, if it is still the same."""
        citation = self.last.get(entry.key)
        if citation and citation.entry == entry and citation.formatted_entry.label == label:
            return citation.formatted_entry
        return super().format_entry(label, entry, bib_data)


class Works(BibtexDomain):
    """The domain of citations at a cost that grows with the works, not with their square."""

    def env_updated(self):
        """Format the works again, unless all that the lists rest on is as it was; the style knows those of the last build."""
        rests_on = self._rests_on()
        if self.data.get("rested_on") == rests_on:
            return []
        KeyStyle.last = {citation.entry.key: citation for citation in self.citations}
        updated = super().env_updated()
        self.data["rested_on"] = rests_on
        return updated

    def _rests_on(self) -> list:
        """The code, the files of works, what each list asks for, and who cites what in which order."""
        order = {docname: place for place, docname in enumerate(get_docnames(self.env))}
        cited = sorted(self.citation_refs, key=lambda reference: order[reference.docname])
        lists = [
            (key, {**listed._asdict(), "filter_": ast.dump(listed.filter_), "citation_nodes": ids})
            for key, listed in self.bibliographies.items()
            for ids in [[node["ids"][0] for node in listed.citation_nodes.values()]]
        ]
        return [
            self.env.config.claimbook_pages,
            self.env.config.bibtex_tooltips,
            {path: file.mtime for path, file in self.bibdata.bibfiles.items()},
            lists,
            [(reference.docname, [target.key for target in reference.targets]) for reference in cited],
        ]

    def get_filtered_entries(self, bibliography_key):
        """Yield key and entry of the works in a list; who cites each is gathered once, not once for each work."""
        citing = defaultdict(set)
        for reference in self.citation_refs:
            for target in reference.targets:
                citing[target.key].add(reference.docname)
        bibliography = self.bibliographies[bibliography_key]
        for entry in self.get_entries(bibliography.bibfiles):
            key = bibliography.keyprefix + entry.key
            wanted = _FilterVisitor(entry=entry, docname=bibliography_key.docname, cited_docnames=citing[key])
            try:
                listed = wanted.visit(bibliography.filter_)
            except ValueError:
                yield from super().get_filtered_entries(bibliography_key)  # It tells what is wrong with the filter.
                return
            if listed or entry.key in bibliography.keys:
                yield key, entry


def _mark_language(entry: nodes.Element, citation: Citation) -> None:
    """Name the language of a work's title, so that it is read aloud and hyphenated as what it is."""
    title, language = unescaped(citation.entry.fields["title"]), citation.entry.fields["langid"]
    for text in list(entry.findall(nodes.Text)):
        before, found, after = text.partition(title)
        if found:
            marked = nodes.inline("", title, classes=[f"language-{language}"])
            text.parent.replace(
                text, [part for part in (nodes.Text(before), marked, nodes.Text(after)) if part.astext()]
            )
            return


def _close_up(node: nodes.Element) -> None:
    """Take away the space before a citation, which stands raised behind the word."""
    place = node.parent.index(node)
    before = node.parent[place - 1] if place else None
    if isinstance(before, nodes.Text):
        # By its place: equal texts are the same to docutils.
        node.parent[place - 1] = nodes.Text(before.rstrip())


class ChapterCitations(SphinxPostTransform):
    """Number the works cited in a chapter by their first citation, and list them at its end."""

    default_priority = 8  # after the bibliography has its entries (5), before references are resolved (10)
    backend: ClassVar = find_plugin("pybtex.backends", "docutils")()

    def run(self, **kwargs):
        """Replace the citations of each chapter."""
        self.heading = self.app.book.words["works_cited"]
        self.domain = self.env.get_domain("cite")
        self.known = {citation.key: citation for citation in self.domain.citations}
        for entry in self.document.findall(nodes.citation):
            _mark_language(entry, self.known[entry[0].astext()])
        chapters = {}
        for node in self.document.findall(addnodes.pending_xref):
            if node.get("refdomain") == "cite" and set(self._keys(node)) <= self.known.keys():
                chapters.setdefault(self._chapter(node), []).append(node)
        for chapter, citing in chapters.items():
            numbers = {}
            for node in citing:
                for key in self._keys(node):
                    numbers.setdefault(key, len(numbers) + 1)
                _close_up(node)
                node.replace_self(self._citation(self._keys(node), numbers))
            section = next(child for child in chapter.children if isinstance(child, nodes.section))
            section[self._end(section) : self._end(section)] = self._works(numbers)

    @staticmethod
    def _keys(node: addnodes.pending_xref) -> list[str]:
        return [key.strip() for key in node["reftarget"].split(",")]

    @staticmethod
    def _chapter(node: nodes.Element) -> nodes.Element:
        """The chapter a node stands in: in the PDF a part of the document, else all of it."""
        while node.parent is not None and not isinstance(node, addnodes.start_of_file):
            node = node.parent
        return node

    @staticmethod
    def _end(section: nodes.Element) -> int:
        """Where the chapter's own text ends: in the PDF the front page holds all others."""
        holds_others = [child for child in section.children if next(iter(child.findall(addnodes.start_of_file)), None)]
        return section.index(holds_others[0]) if holds_others else len(section)

    @staticmethod
    def _citation(keys: list[str], numbers: dict[str, int]) -> nodes.Element:
        cited = nodes.superscript(classes=["citation"])
        for place, key in enumerate(sorted(keys, key=numbers.__getitem__)):
            cited += [nodes.Text(", ")] if place else []
            cited += nodes.reference("", str(numbers[key]), refid=f"cite-{key}", internal=True)
        return cited

    def _works(self, numbers: dict[str, int]) -> list[nodes.Node]:
        listed = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".", classes=["works-cited"])
        for key in numbers:
            citation = self.known[key]
            paragraph = self.backend.paragraph(citation.formatted_entry)
            node_text_transform(paragraph)
            _mark_language(paragraph, citation)
            paragraph.insert(0, nodes.target("", "", ids=[f"cite-{key}"]))
            listed += nodes.list_item("", paragraph)
        return [nodes.rubric("", self.heading), listed]


def setup(app):
    """Register the label style, the domain and the transform."""
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_domain(Works, override=True)
    register_plugin("pybtex.style.formatting", "keys", KeyStyle)
    app.add_post_transform(ChapterCitations)
