"""Small changes of code that a test should notice: where they can be made, and the text that each gives."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
CALCULATED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_PAIRS = (
    ("min", "max"),
    ("any", "all"),
    ("first", "last"),
    ("head", "tail"),
    ("idxmin", "idxmax"),
    ("cummin", "cummax"),
    ("ffill", "bfill"),
    ("minimum", "maximum"),
    ("nsmallest", "nlargest"),
    ("issubset", "issuperset"),
)
SWAPPED = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
# What stops a program, says a word or only helps a reader gives no result.
PASSED = (ast.Raise, ast.Assert, ast.JoinedStr)
SORTS = {"sorted": "reverse=True", "sort_values": "ascending=False", "sort_index": "ascending=False"}

# So many characters beside a change are shown.
AROUND = 40


def _alike(one: str, other: str) -> int:
    """How many letters two texts have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


@dataclass(frozen=True, order=True)
class Mutation:
    """One change of one expression.

    Attributes
    ----------
    path : str
        File, relative to the root.
    line : int
    start, end : int
        Bytes of the file that the change replaces.
    old, new : str
        The expression as it stands, on one line, and as it becomes.
    """

    path: str
    line: int
    start: int
    end: int
    old: str
    new: str

    def __str__(self) -> str:
        """Place and change, in a line; of long expressions what lies around the change."""
        same = _alike(self.old, self.new)
        rest = _alike(self.old[same:][::-1], self.new[same:][::-1])
        before, behind = "..." * (same > AROUND), "..." * (rest > AROUND)
        old, new = (
            f"{before}{text[max(0, same - AROUND) : len(text) - max(0, rest - AROUND)]}{behind}"
            for text in (self.old, self.new)
        )
        return f"{self.path}:{self.line}: {old} -> {new}"

    def applied(self, text: bytes) -> bytes:
        """The file with the change made."""
        return text[: self.start] + f"({self.new})".encode() + text[self.end :]


def _changed(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _comparisons(node: ast.Compare) -> Iterator[ast.AST]:
    for place, operator in enumerate(node.ops):
        for other in COMPARED[type(operator)]:
            yield _changed(node, ops=[*node.ops[:place], other(), *node.ops[place + 1 :]])


def _operations(node: ast.BinOp) -> Iterator[ast.AST]:
    other = CALCULATED.get(type(node.op))
    if other and not (_text(node.left) or _text(node.right)):
        yield _changed(node, op=other())


def _junctions(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _changed(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _signs(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if not isinstance(node.op, ast.UAdd):
        yield node.operand


def _constants(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
    elif isinstance(node.value, float):
        yield ast.Constant(node.value / 2 or 1.0)
    elif isinstance(node.value, str) and node.value in SWAPPED:
        yield ast.Constant(SWAPPED[node.value])


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    called = node.func
    if isinstance(called, ast.Name) and called.id in SWAPPED:
        yield _changed(node, func=ast.Name(SWAPPED[called.id]))
    elif isinstance(called, ast.Attribute) and called.attr in SWAPPED:
        yield _changed(node, func=_changed(called, attr=SWAPPED[called.attr]))
    name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
    word, _, value = SORTS.get(name, "").partition("=")
    if word and not any(keyword.arg in (word, None) for keyword in node.keywords):
        yield _changed(node, keywords=[*node.keywords, ast.keyword(word, ast.Constant(value == "True"))])


_KINDS: dict[type[ast.AST], Callable[..., Iterator[ast.AST]]] = {
    ast.Compare: _comparisons,
    ast.BinOp: _operations,
    ast.BoolOp: _junctions,
    ast.UnaryOp: _signs,
    ast.Constant: _constants,
    ast.Call: _calls,
}


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """What is computed in a node: no annotation, decorator or seed, and no text that is a key."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for part in value if isinstance(value, list) else [value]:
            if not isinstance(part, ast.AST) or isinstance(part, PASSED):
                continue
            if name in ("slice", "keys") and _text(part):
                continue
            # A zip of unlike lengths would be a fault of the programmer.
            if isinstance(part, ast.keyword) and part.arg in ("strict", "seed"):
                continue
            if isinstance(part, ast.Assign) and "SEED" in ast.unparse(part.targets[0]):
                continue
            yield part


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for part in _parts(node):
        yield from _nodes(part)


def mutations(root: Path, path: str) -> list[list[Mutation]]:
    """The changes that can be made in a module, those of one expression together.

    Parameters
    ----------
    root : pathlib.Path
    path : str
        The module, relative to the root.

    Returns
    -------
    list of list of Mutation
        In the order of the file.
    """
    text = (root / path).read_bytes()
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for node in _nodes(ast.parse(text)):
        if not isinstance(node, ast.expr) or type(node) not in _KINDS:
            continue
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        old = ast.unparse(node)
        others = [ast.unparse(other) for other in _KINDS[type(node)](node)]
        if others:
            found.append([Mutation(path, node.lineno, start, end, old, new) for new in others])
    return sorted(found)
