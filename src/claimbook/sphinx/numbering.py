"""Numbers of figures and tables, and references to them, at a cost that grows with these and not with their pages.

Sphinx reads every page from the disk to number its figures, and the page of a
figure for each reference to it. Of a page that takes no more than its outline,
which the domain of labels keeps.
"""

from __future__ import annotations

from typing import Any

import docutils.nodes as nodes
from sphinx import addnodes
from sphinx.domains.std import StandardDomain
from sphinx.environment.collectors.toctree import TocTreeCollector

from claimbook.sphinx.annex import number_sections

NUMBER_FIGURES = TocTreeCollector.assign_figure_numbers


class Outline(nodes.General, nodes.Element):
    """Sections of a page, its tables of contents, and what is numbered on it, with their titles and captions alone."""

    def __init__(self, *arguments, **attributes):
        super().__init__(*arguments, **attributes)
        self.ids: dict[str, nodes.Element] = {}


def outline(document: nodes.document, domain: StandardDomain) -> Outline:
    """What numbers and references need of a page.

    Parameters
    ----------
    document : docutils.nodes.document
        The page, before its references are resolved.
    domain : sphinx.domains.std.StandardDomain
        Knows what is numbered.

    Returns
    -------
    Outline
        Its elements have the order and the nesting that they have on the page.
    """
    made = Outline()

    def walk(node: nodes.Element, into: nodes.Element) -> None:
        for child in (child for child in node.children if isinstance(child, nodes.Element)):
            if not isinstance(child, addnodes.toctree) and not domain.get_enumerable_node_type(child):
                walk(child, into)
                continue
            copy = child.copy()
            copy.rawsource = ""
            copy += [part.deepcopy() for part in child if isinstance(part, nodes.caption | nodes.title)]
            copy += [nodes.literal_block() for part in child if isinstance(part, nodes.literal_block)]
            into += copy
            made.ids.update(dict.fromkeys(child["ids"], copy))
            walk(child, copy)

    walk(document, made)
    for node in made.findall():
        # Would take the whole page along.
        setattr(node, "document", None)  # noqa: B010 - its type does not know that there may be none
    return made


class _Outlined:
    """An environment whose pages are their outlines."""

    def __init__(self, env, outlines: dict[str, Outline]):
        vars(self).update(_env=env, _outlines=outlines)

    def __getattr__(self, name):
        return getattr(self._env, name)

    def __setattr__(self, name, value):
        setattr(self._env, name, value)

    def get_doctree(self, docname: str) -> Outline:
        """The outline of the page as it was last read."""
        return self._outlines[docname]


class Numbers(StandardDomain):
    """Sphinx's domain of labels, which keeps the outlines as well."""

    @property
    def outlines(self) -> dict[str, Outline]:
        """The outlines by the names of their pages."""
        return self.data.setdefault("outlines", {})

    @property
    def lettered(self) -> dict[str, dict]:
        """The numbers of the annex's sections by the names of their pages."""
        return self.data.setdefault("lettered", {})

    def clear_doc(self, docname):
        """Forget a page that is read again or gone."""
        super().clear_doc(docname)
        self.outlines.pop(docname, None)
        self.lettered.pop(docname, None)

    def merge_domaindata(self, docnames, otherdata):
        """Take over the pages that another process has read."""
        super().merge_domaindata(docnames, otherdata)
        self.outlines.update({name: otherdata["outlines"][name] for name in docnames})

    def process_doc(self, env, docname, document):
        """Note the labels of a page that was read, and its outline."""
        super().process_doc(env, docname, document)
        self.outlines[docname] = outline(document, self)

    def _resolve_numref_xref(self, env, *arguments):
        return super()._resolve_numref_xref(_Outlined(env, self.outlines), *arguments)


def number_figures(collector: TocTreeCollector, env) -> list[str]:
    """Number the annex, and the figures and tables by the outlines; return the pages whose numbers are others than before."""
    domain = env.domains["std"]
    lettered = number_sections(env, env.app.book.annex, domain.lettered)
    outlined: Any = _Outlined(env, domain.outlines)
    return [*lettered, *NUMBER_FIGURES(collector, outlined)]


def setup(app):
    """Put the domain in the place of Sphinx's own, and the numbering."""
    app.add_domain(Numbers, override=True)
    TocTreeCollector.assign_figure_numbers = number_figures
    return {"parallel_read_safe": True, "parallel_write_safe": True}
