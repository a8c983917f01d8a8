"""References to numbered figures and tables, at a cost that grows with the references and not with their pages as well."""

from __future__ import annotations

import docutils.nodes as nodes
from sphinx.domains.std import StandardDomain


class _ReadOnce:
    """An environment whose pages are read from the disk once for all references to them; none of these changes a page."""

    def __init__(self, env, pages: dict[str, nodes.document]):
        self._env, self._pages = env, pages

    def __getattr__(self, name):
        return getattr(self._env, name)

    def get_doctree(self, docname: str) -> nodes.document:
        """The page as it was read, before its references were resolved."""
        if docname not in self._pages:
            self._pages[docname] = self._env.get_doctree(docname)
        return self._pages[docname]


class Numbers(StandardDomain):
    """Sphinx's domain of labels; its own reads the whole page anew for each reference to a figure on it."""

    def __init__(self, env):
        super().__init__(env)
        self._pages: dict[str, nodes.document] = {}

    def process_doc(self, env, docname, document):
        """Note the labels of a page that was read; what was known of it is out of date."""
        self._pages.pop(docname, None)
        super().process_doc(env, docname, document)

    def _resolve_numref_xref(self, env, *arguments):
        return super()._resolve_numref_xref(_ReadOnce(env, self._pages), *arguments)


def setup(app):
    """Put the domain in the place of Sphinx's own."""
    app.add_domain(Numbers, override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
