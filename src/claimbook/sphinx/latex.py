"""What the PDF needs beyond the HTML: parts, an appendix, cards, and foreign scripts."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from claimbook.sphinx.annex import LETTER, pages_of

NUMBERS = "".join(rf"\renewcommand{{\the{kind}}}{{CHAPTER.\arabic{{{kind}}}}}" for kind in ("figure", "table"))
APPENDIX = r"\appendix" + NUMBERS.replace("CHAPTER", r"\Alph{chapter}")
# The annex has the first letter, with a number; the appendix goes on from there.
ANNEX = (
    rf"\setcounter{{chapter}}{{0}}\renewcommand{{\thechapter}}{{{LETTER}\arabic{{chapter}}}}"
    r"\renewcommand{\theHchapter}{annex.\arabic{chapter}}" + NUMBERS.replace("CHAPTER", r"\thechapter")
)
AFTER_ANNEX = r"\setcounter{chapter}{1}"
# Within a chapter without a number no counter moves.
UNNUMBERED = r"\edef\keptdepth{\arabic{secnumdepth}}\setcounter{secnumdepth}{-2}"
NUMBERED = r"\setcounter{secnumdepth}{\keptdepth}"
LETTERS = "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"
ARABIC = rf"(?P<arabic>[{LETTERS}](?:[^A-Za-z\u00c0-\u024f]*[{LETTERS}])?)"
ASIAN = "(?P<asian>[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]+)"
ON_SCREEN, PRINTED = re.compile(ARABIC), re.compile(f"{ARABIC}|{ASIAN}")
# Numbers that signs join, which run from left to right; and each other sign that the Arabic font lacks.
SIGNS = re.compile(rf"(?P<number>[0-9]+(?:[-/+\u2013][0-9]+)+)|[^{LETTERS} \u00a0\u200b-\u2011!,.:«»0-9]")
# From right to left a font of Latin letters does not turn its brackets round.
MIRRORED = str.maketrans("()[]{}<>", ")(][}{><")


def in_print(run: re.Match) -> list[nodes.Node]:
    """What a run of a foreign script is made of in print: signs that its font lacks stand apart, in that of the text.

    Parameters
    ----------
    run : re.Match
        A match of ``PRINTED``.

    Returns
    -------
    list of docutils.nodes.Node
        Text, and inline elements of the class ``latin``.
    """
    text, position = run.group(), 0
    parts: list[nodes.Node] = []
    for sign in SIGNS.finditer(text) if run.lastgroup == "arabic" else ():
        parts.append(nodes.Text(text[position : sign.start()]))
        parts.append(nodes.inline("", sign["number"] or sign.group().translate(MIRRORED), classes=["latin"]))
        position = sign.end()
    return [*parts, nodes.Text(text[position:])]


class ForeignScripts(SphinxPostTransform):
    """Mark runs of Arabic script, which each output sets from right to left, and for print what needs its own font."""

    default_priority = 900

    def run(self, **kwargs):
        """Wrap each run in an inline element of the class ``arabic`` or ``asian``."""
        printed = self.app.builder.format == "latex"
        foreign = PRINTED if printed else ON_SCREEN
        for text in list(self.document.findall(nodes.Text)):
            if isinstance(text.parent, (nodes.literal, nodes.literal_block, nodes.raw)):
                continue
            if text.parent.get("classes") == ["arabic"] or not foreign.search(text):
                continue
            parts, position = [], 0
            for match in foreign.finditer(text):
                parts.append(nodes.Text(text[position : match.start()]))
                run = in_print(match) if printed else [nodes.Text(match.group())]
                parts.append(nodes.inline("", "", *run, classes=[match.lastgroup]))
                position = match.end()
            parts.append(nodes.Text(text[position:]))
            text.parent.replace(text, [part for part in parts if not isinstance(part, nodes.Text) or part])


def part_of(tree, proof: bool, after: bool) -> str:
    """What stands in LaTeX before the first chapter of a part.

    Parameters
    ----------
    tree : sphinx_external_toc.api.TocTree
        The part; of one without a caption the chapter has no number.
    proof : bool
        Whether it is the annex.
    after : bool
        Whether the book has an annex, which the appendix comes after.

    Returns
    -------
    str
        LaTeX numbers the parts itself; what is not numbered comes after them.
    """
    if tree.caption is None:
        return UNNUMBERED
    number, _, title = tree.caption.partition(": ")
    if tree.numbered:
        return f"\\part{{{title or number}}}"
    if proof:
        return f"\\part*{{{number}}}\\addcontentsline{{toc}}{{part}}{{{number}}}{ANNEX}"
    return APPENDIX + AFTER_ANNEX if after else APPENDIX


class PartTitles(SphinxPostTransform):
    """Give the PDF the parts of the table of contents, and an appendix."""

    builders = ("latex",)
    default_priority = 800

    def run(self, **kwargs):
        """Put a part title before the first chapter of each part."""
        trees = self.config.external_site_map[self.config.root_doc].subtrees
        firsts = {str(tree.items[0]): tree for tree in trees}
        annex = {str(item) for tree in trees for item in tree.items[:1] if pages_of(self.app.book.annex, [str(item)])}
        for start in list(self.document.findall(addnodes.start_of_file)):
            tree = firsts.get(start["docname"])
            if tree is None:
                continue
            place = start.parent.index(start)
            if tree.caption is None:
                start.parent.insert(place + 1, nodes.raw("", f"\n{NUMBERED}\n", format="latex"))
            command = part_of(tree, start["docname"] in annex, bool(annex))
            start.parent.insert(place, nodes.raw("", f"\n{command}\n", format="latex"))


class FrontPage(SphinxPostTransform):
    """Make the front page an unnumbered summary, so that chapters have the same number in every output."""

    builders = ("latex",)
    default_priority = 750

    def run(self, **kwargs):
        """Turn the sections of the front page into unnumbered headings."""
        root = next(self.document.findall(nodes.section))
        summary = self.app.book.words["summary"]
        heading = f"\\chapter*{{{summary}}}\\addcontentsline{{toc}}{{chapter}}{{{summary}}}"
        root.insert(1, nodes.raw("", f"\n{heading}\n", format="latex"))
        for section in [child for child in root.children if isinstance(child, nodes.section)]:
            title = nodes.raw("", f"\n\\section*{{{section.next_node(nodes.title).astext()}}}\n", format="latex")
            root[root.index(section) : root.index(section) + 1] = [title, *section.children[1:]]


class HiddenCode(SphinxPostTransform):
    """Leave out of the PDF the code that the book keeps one click away."""

    builders = ("latex",)
    default_priority = 700

    def run(self, **kwargs):
        """Remove the input of cells tagged ``hide-input``."""
        for cell in self.document.findall(nodes.container):
            if "tag_hide-input" not in cell["classes"]:
                continue
            for part in [part for part in cell.children if "cell_input" in part["classes"]]:
                cell.remove(part)


class CardLines(SphinxPostTransform):
    """Set a card in one line a fact, which takes half the paper of a list of terms, under its short name, since LaTeX breaks no title."""

    builders = ("latex",)
    default_priority = 650

    def run(self, **kwargs):
        """Turn the list of each card into lines that begin with their names, the full name of the body first."""
        for card in self.document.findall(nodes.admonition):
            if "body-card" not in card["classes"]:
                continue
            title = card.next_node(nodes.title)
            short, _, full = title.astext().partition(": ")
            title.replace_self(nodes.title("", short))
            for facts in list(card.findall(nodes.definition_list)):
                lines = nodes.line_block()
                if full:
                    lines += nodes.line("", "", nodes.Text(full))
                for fact in facts.findall(nodes.definition_list_item):
                    name, text = (
                        fact.next_node(nodes.term).astext(),
                        fact.next_node(nodes.definition).next_node(nodes.paragraph),
                    )
                    lines += nodes.line("", "", nodes.strong(name, name), nodes.Text(": "), *text.children)
                facts.replace_self(lines)


def setup(app):
    """Register the transforms."""
    app.add_post_transform(CardLines)
    app.add_post_transform(FrontPage)
    app.add_post_transform(HiddenCode)
    app.add_post_transform(ForeignScripts)
    app.add_post_transform(PartTitles)
