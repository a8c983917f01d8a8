"""Whether tests bite: random small changes of a package's modules, each given to the unit tests that import the module.

``make mutants`` runs it on the measures. A change that no test notices is told
with file and line; the exit status is 1 if a smaller share is noticed than asked.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout, suppress
from importlib.metadata import entry_points
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from coverage import Coverage

from claimbook.bench.mutations import Mutation, mutations
from claimbook.command import run
from claimbook.errors import BuildError

SOURCE, TESTS = "src", "tests"
NOT_COPIED = (".git", ".venv", "_build", "__pycache__")
NO_TESTS = 5
# Seconds after which tests that do not end have noticed.
PATIENCE = 300
# Each change starts from a process in which the libraries are imported, but nothing of the book.
FORK = multiprocessing.get_context("fork")


def module_name(path: str) -> str:
    """Name under which a file of the source folder is imported."""
    return ".".join(Path(path).relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}", *(f"{node.module}.{name.name}" for name in node.names)}
    return names


def importers(root: Path, paths: Iterable[str]) -> dict[str, list[str]]:
    """The test files that import a module themselves, by its path; those that import little else come first."""
    imports = {path.relative_to(root).as_posix(): _imported(path) for path in sorted((root / TESTS).glob("test_*.py"))}
    near = sorted(imports, key=lambda test: (len(imports[test]), test))
    return {path: [test for test in near if module_name(path) in imports[test]] for path in paths}


def draw(root: Path, paths: Iterable[str], number: int, seed: int) -> list[Mutation]:
    """Draw changes of modules, in random order: first expressions, all alike, then one change of each."""
    rng = random.Random(seed)
    places = [place for path in sorted(paths) for place in mutations(root, path)]
    return [rng.choice(place) for place in rng.sample(places, min(number, len(places)))]


class _Reach:
    """While pytest runs: notes which test reaches which line of some files; or runs first those that reach a line."""

    def __init__(self, files: Iterable[str] = (), sooner: Iterable[str] = ()):
        self.sooner = set(sooner)
        self.reached: dict[str, dict[int, list[str]]] = {}
        self.files = list(files)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Iterator[None]:
        self.traced = Coverage(data_file=None, config_file=False, include=self.files)
        if self.files:
            self.traced.start()
        result = yield
        if self.files:
            self.traced.stop()
            data = self.traced.get_data()
            self.reached = {file: data.contexts_by_lineno(file) for file in data.measured_files()}
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        if self.files:
            self.traced.switch_context(item.nodeid)
        return (yield)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: item.nodeid not in self.sooner)


def _test(copy: Path, arguments: list[str], reach: _Reach, answer: Connection) -> None:
    """Run pytest in a copy; answer with its status, what it imported from elsewhere, and which lines tests reached."""
    os.chdir(copy)
    sys.path[:0] = [str(copy / SOURCE), str(copy / TESTS)]
    own = {path.name.partition(".")[0] for path in (copy / SOURCE).iterdir()}
    for name in [name for name in sys.modules if name.partition(".")[0] in own]:
        del sys.modules[name]
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        status = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *arguments], plugins=[reach]))
    files = {name: getattr(module, "__file__", None) for name, module in sys.modules.items()}
    elsewhere = [name for name, file in files.items() if file and not Path(file).is_relative_to(copy)]
    answer.send((status, elsewhere, reach.reached))


def _outcome(
    copy: Path, arguments: list[str], reach: _Reach, patience: float | None = PATIENCE
) -> tuple[int, list[str], dict[str, dict[int, list[str]]]]:
    """What pytest ends with in a process of its own; status -1 if that does not end in time, or without an answer."""
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_test, args=(copy, arguments, reach, theirs))
    process.start()
    theirs.close()
    answer: tuple[int, list[str], dict[str, dict[int, list[str]]]] = (-1, [], {})
    with suppress(EOFError):
        if ours.poll(patience):
            answer = ours.recv()
    process.kill()
    process.join()
    return answer


def _work(copy: Path, share: list[tuple[Mutation, list[str], list[str]]]) -> list[bool]:
    """Make each change in a copy, and undo it; print and return whether a test notices it."""
    sys.dont_write_bytecode = True
    noticed = []
    for mutation, arguments, sooner in share:
        path = copy / mutation.path
        text = path.read_bytes()
        path.write_bytes(mutation.applied(text))
        status = _outcome(copy, arguments, _Reach(sooner=sooner))[0] if arguments else NO_TESTS
        path.write_bytes(text)
        noticed.append(status not in (0, NO_TESTS))
        print(f"{'noticed' if noticed[-1] else 'SURVIVED'} {mutation}", flush=True)
    return noticed


def _ready(root: Path, copy: Path, paths: set[str], arguments: list[str]) -> dict[str, dict[int, list[str]]]:
    """Copy the project, see that its tests pass as it is, and import what they import from elsewhere.

    Returns
    -------
    dict of str to dict
        By the path of a module and the line, the tests that reach it.
    """
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns(*NOT_COPIED))
    status, names, reached = _outcome(copy, arguments, _Reach(files=[str(copy / path) for path in paths]), None)
    if status:
        raise BuildError(f"the tests fail before anything is changed: {' '.join(arguments)}")
    # pytest rewrites its plugins as it imports them.
    plugins = {point.module.partition(".")[0] for point in entry_points(group="pytest11")}
    for name in names:
        if name.partition(".")[0] not in plugins:
            with suppress(Exception):
                importlib.import_module(name)
    return {path: reached.get(str(copy / path), {}) for path in paths}


def judge(root: Path, drawn: list[Mutation], marked: str = "") -> list[bool]:
    """Give each change to the unit tests of its module, in copies of the project.

    Parameters
    ----------
    root : pathlib.Path
        Folder with ``src`` and ``tests``.
    drawn : list of Mutation
    marked : str
        Which tests run, as pytest's ``-m`` takes it; all if empty.

    Returns
    -------
    list of bool
        For each change, in any order, whether a test notices it.

    Raises
    ------
    BuildError
        If the tests fail on the project as it is.
    """
    paths = {mutation.path for mutation in drawn}
    tests, only = importers(root, paths), ["-m", marked] if marked else []
    with tempfile.TemporaryDirectory() as work:
        copies = [Path(work).resolve() / str(number) for number in range(os.cpu_count() or 1)]
        every = sorted({test for files in tests.values() for test in files})
        reached = _ready(root, copies[0], paths, [*only, *every])
        # Bytecode of the modules as they were would be taken for that of a change made in the same second.
        for folder in {Path(path).parent for path in paths}:
            shutil.rmtree(copies[0] / folder / "__pycache__", ignore_errors=True)
        for copy in copies[1:]:
            shutil.copytree(copies[0], copy)
        jobs = [
            (one, [*only, *tests[one.path]] if tests[one.path] else [], reached[one.path].get(one.line, []))
            for one in drawn
        ]
        with ProcessPoolExecutor(len(copies), mp_context=FORK) as pool:
            shares = pool.map(_work, copies, [jobs[number :: len(copies)] for number in range(len(copies))])
            return [noticed for share in shares for noticed in share]


def main() -> int:
    """Print each change with whether a test notices it, then the share; fail if that is below what is asked."""
    parser = argparse.ArgumentParser(prog="python -m claimbook.bench.mutants", description=__doc__)
    parser.add_argument("folder", help="folder below src whose modules are changed")
    parser.add_argument("-m", dest="marked", default="", help="which tests run, as pytest takes it")
    parser.add_argument("--number", type=int, default=140, help="how many changes are drawn")
    parser.add_argument("--seed", type=int, default=1, help="draws others")
    parser.add_argument("--share", type=float, default=85, help="per cent that must be noticed")
    arguments, root = parser.parse_args(), Path.cwd()
    paths = [path.relative_to(root).as_posix() for path in sorted((root / arguments.folder).rglob("*.py"))]
    drawn = draw(root, paths, arguments.number, arguments.seed)
    if not drawn:
        raise BuildError(f"{arguments.folder}: no code that can be changed")
    noticed = judge(root, drawn, arguments.marked)
    share = 100 * sum(noticed) / len(drawn)
    print(f"{sum(noticed)} of {len(drawn)} changes are noticed by a test: {share:.0f} per cent (seed {arguments.seed})")
    return 0 if share >= arguments.share else 1


if __name__ == "__main__":
    sys.exit(run(main))
