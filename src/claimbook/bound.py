"""How far the words of a chapter are bound to its data: which of its texts state a finding, and what of it is typed.

A *text* is a figure's caption, title or alternative text, a table's caption, a
sentence of the summary box or a sentence of prose. It *states a finding* if it
holds a computed value, a number, a number word or one of the words that count
and compare (:data:`QUANTIFIERS`). It is *bound* if none of these is typed:
an edit of the data then changes the words or stops the build.

Computed are the role ``glue:text`` in prose and captions, the placeholders of
an f-string, the words that :func:`claimbook.chapter.holds` lets stand, here or
in a line of its own that repeats words of the page, a text that an expression
picks or a function makes, an alternative text that is left to the figure. A
name stands for the text that the chapter assigns to it, a glued value for the
text that ``say`` gives it: ``say(share="half")`` binds nothing.

Not a finding, or not this report's, and so left out:

- questions, sentences of what would be, and those under a heading that tells
  what would be or cannot be shown;
- sentences that cite a source and hold no value; of those that hold one, what
  comes between the clause of the last value and the citation, or between two
  citations, and what somebody is cited as saying; what stands in quotation marks;
- the contents of other roles, of code and of addresses; numbers within a name
  (``G5``, ``5+5``), number words in a name (``Group of Five``), numbers of figures,
  resolutions and the like, compounds (``one-sided``);
- "the two", "the other three" and "one of" for what was named before;
  "at first", "at most", "in all", "each other" and the like; a superlative
  that a value answers ("highest in {}", "{} had most") and the "no" by which
  one is counted ("{} of them have no ...");
- the periods that the report itself sets, which the caller names: no edit of
  the data makes "in 2003-2011" false.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import yaml

# Stands for a computed part in the words of a text.
COMPUTED = "{}"
NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands dozen dozens "
    "twice half halves thirds quarters fifths tenths"
)
QUANTIFIERS = (
    "all always both every everyone everywhere everybody no none nobody nothing nowhere never neither only except "
    "most mostly mainly often rarely seldom hardly few many several majority minority more less fewer still first last "
    "rose rise rises risen rising fell fall falls fallen falling grew grow grows grown growing shrank shrinks shrunk "
    "dropped declined increased decreased doubled tripled halved exceeds exceeded outnumber outnumbered above below "
    "longer shorter higher lower larger smaller bigger greater faster slower longest shortest highest lowest largest "
    "smallest biggest greatest fastest slowest fewest least earliest deadliest"
)
TYPED = re.compile(
    r"(?<![\w-])(?:"
    r"\d[\d.,]*(?:[-–]\d[\d.,]*)*"
    rf"|(?:{'|'.join(NUMBER_WORDS.split())})(?:-(?:{'|'.join(NUMBER_WORDS.split())}))?"
    r"|a (?:third|quarter|fifth|tenth)|one"
    rf"|{'|'.join(QUANTIFIERS.split())}"
    r"|not (?:\w+ )?since)(?![\w-])",
    re.IGNORECASE,
)
# What a value answers or is counted by: "highest in {}", "{} of {} have no".
ANSWERED = re.compile(
    r"\b(?:first|last|\w+est)(?: (?:in|on|at))? (?=\{\})|(?<=\{\}) or (?:more|fewer|less)\b"
    r"|(?P<counted>\{\}[^,;:]*\b(?:have|has|had|with) )(?:no|none|(?:the )?(?:most|fewest|least))\b",
    re.IGNORECASE,
)
# What only looks as if it counted or compared.
IDIOMS = re.compile(
    r"\b(?:at (?:first|last|least|most|all)|in all|above all|not at all|first of all|after all|more or less|no doubt"
    r"|(?:all|none|both) of (?:this|that|it)|where (?:they|it) (?:falls?|fell)|each other|one another|one by one|no longer|see (?:above|below)|(?:above|below) it"
    r"|(?:the|these|those|its|their|other) two|the other (?:two|three|four|five|six)"
    r"|(?:the|this|that|each|any|another|which|than|next|such) one|ones?(?: of| another| can| may| must)"
    r"|(?:every|all) kinds? of|(?:the|this) (?:first|last)(?= (?:is|was|are|were)\b|[.,;:)]|$))",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"\b(?:Figures?|Tables?|Articles?|Chapters?|Part|Section|Resolutions?|Protocol|Claim|Version|version)\s+\d[\d.]*"
    r"|\b\d\+\d\b|(?<=\w )(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|First|All|Last)\b"
)
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
GLUE = re.compile(r"\{glue:text\}`([^`]+)`")
ROLE = re.compile(r"\{[\w:]+\}`[^`]*`")
CITATION = re.compile(r"\{cite[\w:]*\}`[^`]*`")
SPEECH = re.compile(r"\b(?:said|says|wrote|writes|told|reported|reports|denied|announced|blamed|accused)\b")
LEAD = re.compile(r"[\s>]*(?:[-*+]\s+|\d+[.)]\s+)?")
# A row of a table, an option or an edge of a box, HTML, a comment, a target.
NO_PROSE = re.compile(r"[\s>]*(?:$|\||:|<|%|\([\w-]+\)=$)")
HEADING = re.compile(r"#+ (.*)")
FENCE = re.compile(r"\s*(`{3,})")
CELL = "```{code-cell}"
IF = re.compile(r"\bwould\b", re.IGNORECASE)
NO_FINDINGS = re.compile(r"\b(?:would|cannot)\b", re.IGNORECASE)
# The first heading is the chapter's title; the summary box stands before all sections.
BOX = 0


@dataclass(frozen=True)
class Text:
    """A text of a chapter that states a finding.

    Attributes
    ----------
    kind : str
        ``caption``, ``title``, ``alt``, ``table``, ``box`` or ``sentence``.
    line : int
        Where it begins in the chapter's file.
    section : int
        Number of the heading that it stands under; 0 in the summary box.
    words : str
        As typed, with ``{}`` for each computed part.
    name : str
        Of the figure or table, or the number of the cell where a figure has
        none; empty in prose.
    typed : tuple of str
        Numbers and words of a finding that stand outside computed parts.
    values : frozenset of str
        The glued values that it holds.
    """

    kind: str
    line: int
    section: int
    words: str
    name: str = ""
    typed: tuple[str, ...] = ()
    values: frozenset[str] = frozenset()

    @property
    def bound(self) -> bool:
        """Whether nothing of the finding is typed."""
        return not self.typed

    def __str__(self) -> str:
        """Give line, kind, what is typed, and the words."""
        return f"line {self.line}: {self.kind} types {', '.join(map(repr, self.typed))}: {' '.join(self.words.split())}"


@dataclass(frozen=True)
class _Cell:
    """A code cell: its number from 1, the line of its first line of code, its options, its code, its section."""

    number: int
    line: int
    options: dict
    code: str
    section: int


def typed_in(words: str, frames: Iterable[str] = ()) -> tuple[str, ...]:
    """The numbers, number words and quantifiers of a text in which computed parts are ``{}``.

    Parameters
    ----------
    words : str
    frames : iterable of str
        Periods that the report sets, as it spells them.

    Returns
    -------
    tuple of str
    """
    for frame in sorted(frames, key=len, reverse=True):
        words = re.sub(rf"(?<![\w-]){re.escape(frame)}(?![\w-])", "·", words)
    words = ANSWERED.sub(lambda found: f"{found['counted'] or ''}·", words)
    for passed in (QUOTED, NAMED, IDIOMS):
        words = passed.sub("·", words)
    return tuple(found[0].rstrip(".,") for found in TYPED.finditer(words))


def texts(source: str, frames: Iterable[str] = ()) -> list[Text]:
    """The texts of a chapter that state a finding, in the order of its file.

    Parameters
    ----------
    source : str
        The chapter, in MyST, with a sentence a line.
    frames : iterable of str
        Periods that the report sets, as it spells them.

    Returns
    -------
    list of Text
    """
    frames = tuple(frames)
    prose, cells = _parts(source)
    trees = [(cell, ast.parse(cell.code)) for cell in cells]
    assigned = _assigned(tree for _, tree in trees)
    guarded = [words for _, tree in trees for words in _guarded(tree)]
    glued = {name: _spoken(value, assigned) for _, tree in trees for name, value in _said(tree)}
    found = prose + [text for cell, tree in trees for text in _of_cell(cell, tree, assigned)]
    finished = (_weighed(text, glued, guarded, frames) for text in found)
    return sorted((text for text in finished if text.typed or COMPUTED in text.words), key=lambda text: text.line)


def _weighed(text: Text, glued: Mapping[str, str], guarded: Iterable[str], frames: tuple[str, ...]) -> Text:
    """A text with what is typed in it, and in the texts that are glued into it."""
    words = text.words
    for guard in guarded:
        words = words.replace(guard, COMPUTED)
    said = [words, *(glued[name] for name in sorted(text.values) if name in glued)]
    return replace(text, words=words, typed=tuple(word for words in said for word in typed_in(words, frames)))


def _parts(source: str) -> tuple[list[Text], list[_Cell]]:
    """The sentences of a chapter, and its cells."""
    prose: list[Text] = []
    cells: list[_Cell] = []
    lines = source.splitlines()
    front = source.startswith("---\n")
    start = lines.index("---", 1) + 1 if front else 0
    section, heading, box, number = 1, "", False, start
    while number < len(lines):
        line = lines[number]
        number += 1
        if fence := FENCE.match(line):
            end = next(n for n in range(number, len(lines)) if lines[n].strip() == fence[1])
            if line.startswith(CELL):
                cells.append(_cell(len(cells) + 1, number + 1, lines[number:end], section))
            number = end + 1
        elif title := HEADING.match(line):
            section, heading = section + 1, title[1]
        elif line.strip() == ":class: summary":
            box = True
        elif box and line.strip() == ":::":
            box = False
        elif not NO_PROSE.match(line) and not NO_FINDINGS.search(heading):
            prose += _sentence(line, number, "box" if box else "sentence", BOX if box else section)
    return prose, cells


def _cell(number: int, line: int, lines: list[str], section: int) -> _Cell:
    """A cell of the lines between its fences, the first of which has the number given."""
    options = [text for text in lines if text.startswith(":")]
    known = yaml.safe_load("\n".join(text[1:] for text in options)) or {}
    code = lines[len(options) :]
    return _Cell(number, line + len(options), known, "\n".join(code), section)


def _sentence(line: str, number: int, kind: str, section: int) -> list[Text]:
    """A line of prose as a text, unless it asks, supposes, or gives only what a source says."""
    words = LEAD.sub("", line, count=1).strip()
    values = frozenset(GLUE.findall(words))
    if words.endswith("?") or (not values and (CITATION.search(words) or IF.search(words))):
        return []
    return [Text(kind, number, section, _plain(words), values=values)]


def _plain(words: str) -> str:
    """Prose with ``{}`` for each value, without what sources say, other roles, code and addresses."""
    *cited, own = CITATION.split(GLUE.sub(COMPUTED, words))
    words = " · ".join([*map(_ours, cited), own])
    words = re.sub(r"\]\([^)]*\)", "]", ROLE.sub("·", words))
    return re.sub(r"`[^`]*`|<https?://[^>]*>", "·", words)


def _ours(part: str) -> str:
    """Of the part of a sentence that a citation ends, what is not its source's: up to the clause of the last value."""
    if COMPUTED not in part or SPEECH.search(part):
        return ""
    before, last, after = part.rpartition(COMPUTED)
    return before + last + re.split(r"[,;:(]", after, maxsplit=1)[0]


def _of_cell(cell: _Cell, tree: ast.AST, assigned: Mapping[str, ast.expr]) -> Iterator[Text]:
    """The caption, title, alternative text and table captions of a cell."""
    figure = (cell.options.get("mystnb") or {}).get("figure") or {}
    name = figure.get("name", str(cell.number))
    if "caption" in figure:
        values = frozenset(GLUE.findall(figure["caption"]))
        # Options stand above the code.
        yield Text("caption", cell.line - 1, cell.section, _plain(figure["caption"]), name, values=values)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        given = {item.arg: item.value for item in call.keywords}
        make = partial(_given, cell, assigned)
        if "alt" in given or (figure and "title" in given):
            yield from (make(kind, given[kind], name) for kind in ("title", "alt") if kind in given)
            if "alt" not in given:
                yield Text("alt", cell.line + call.lineno - 1, cell.section, COMPUTED, name)
        elif isinstance(call.func, ast.Name) and call.func.id == "show_table":
            named = given.get("name", call.args[1] if len(call.args) > 1 else None)
            caption = given.get("caption", call.args[2] if len(call.args) > 2 else None)
            if caption is not None:
                yield make("table", caption, str(named.value) if isinstance(named, ast.Constant) else str(cell.number))


def _given(cell: _Cell, assigned: Mapping[str, ast.expr], kind: str, node: ast.expr, name: str) -> Text:
    """A text that a cell gives to a function."""
    return Text(kind, cell.line + node.lineno - 1, cell.section, _spoken(node, assigned), name)


def _said(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The values that a cell glues, by name."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "say":
            yield from ((item.arg, item.value) for item in call.keywords if item.arg)


def _guarded(tree: ast.AST) -> Iterator[str]:
    """The words of the predicates of a cell whose result it does not use: they stand elsewhere on the page."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and len(node.value.args) > 1:
            function, words = node.value.func, node.value.args[1]
            if isinstance(function, ast.Name) and function.id == "holds" and isinstance(words, ast.Constant):
                yield str(words.value)


def _assigned(trees: Iterable[ast.AST]) -> dict[str, ast.expr]:
    """What the cells assign to single names; of several the last."""
    return {
        node.targets[0].id: node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)
    }


def _spoken(node: ast.expr, assigned: Mapping[str, ast.expr], seen: frozenset[str] = frozenset()) -> str:
    """The words of an expression, with ``{}`` for each computed part.

    Typed are strings, what they are joined to, what a method makes of them,
    and what the names stand for that the chapter assigns them to.
    """
    part = partial(_spoken, assigned=assigned, seen=seen)
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else COMPUTED
    if isinstance(node, ast.JoinedStr):
        return "".join(map(part, node.values))
    if isinstance(node, ast.FormattedValue):
        return part(node.value)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return part(node.left) + part(node.right)
    if isinstance(node, ast.Name) and node.id in assigned and node.id not in seen:
        return _spoken(assigned[node.id], assigned, seen | {node.id})
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr != "join":
        return re.sub(r"\{[^{}]+\}", COMPUTED, part(node.func.value))
    return COMPUTED
