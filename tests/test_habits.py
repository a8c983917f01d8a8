"""What a host and a contributor's tools read is whole: workflows, forms, updates, hooks, commands."""

from __future__ import annotations

import ast
import os
import re
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from project import ROOT

HOST = ROOT / ".github"
WORKFLOWS = sorted((HOST / "workflows").glob("*.yml"))
FORMS = sorted((HOST / "ISSUE_TEMPLATE").glob("*.yml"))
LONGEST = 40
ASKED = {"input", "textarea", "dropdown", "checkboxes"}


def read(path) -> dict:
    """Content of a YAML file, all of it text: else YAML 1.1 takes the key ``on`` for a yes."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def targets() -> set[str]:
    """Commands of the Makefile."""
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def jobs() -> list[dict]:
    """All jobs of all workflows."""
    return [job for path in WORKFLOWS for job in read(path)["jobs"].values()]


def test_every_command_that_is_named_is_there():
    """Whoever types what the documents say gets an answer."""
    for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"):
        said = re.findall(r"`make ([a-z]+)|^    make ([a-z]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        assert {"".join(one) for one in said} <= targets(), name


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflow_runs_what_is_there(path):
    """Each step runs a command of the Makefile or a file of the project, or an action of a named version."""
    flow = read(path)
    assert flow["on"]
    assert flow["permissions"] == {"contents": "read"}
    for job in flow["jobs"].values():
        assert {"runs-on", "timeout-minutes", "steps"} <= job.keys()
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"])
            program, *words = step.get("run", "true").split()
            assert program in {"true", "git", "make", "python", ".ci/run"}
            if program == "make":
                assert set(words) <= targets()
            if program == ".ci/run":
                assert os.access(ROOT / program, os.X_OK)


def test_tests_run_on_push_and_the_rest_weekly():
    """What the host runs, and when."""
    assert {path.stem: set(read(path)["on"]) for path in WORKFLOWS} == {
        "test": {"push", "pull_request"},
        "weekly": {"schedule", "workflow_dispatch"},
    }


def test_versions_of_python_are_those_that_the_project_takes():
    """Every workflow with several versions of Python has the same, from the oldest that is taken."""
    taken = SpecifierSet(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"])
    several = [job["strategy"]["matrix"]["python"] for job in jobs() if "strategy" in job]
    assert several == [["3.11", "3.12", "3.13"]] * 2
    assert [taken.contains(version) for version in ("3.10", *several[0])] == [False, True, True, True]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_form_can_be_filled_in(path):
    """A host shows the form: each question has a name and a label of its own, and one at least must be answered."""
    form = read(path)
    assert set(form) == {"name", "description", "labels", "body"}
    asked = [item for item in form["body"] if item["type"] != "markdown"]
    assert {item["type"] for item in asked} <= ASKED
    for part in (lambda item: item["id"], lambda item: item["attributes"]["label"]):
        assert len({part(item) for item in asked}) == len(asked)
    assert "true" in {item["validations"]["required"] for item in asked}
    assert all(len(set(item["attributes"]["options"])) > 1 for item in asked if item["type"] == "dropdown")


def test_forms_ask_what_is_needed():
    """A wrong fact is told with its place, its sentence and a source."""
    assert [path.stem for path in FORMS] == ["broken-page", "reproduction", "wrong-fact"]
    needed = {item["id"] for item in read(FORMS[-1])["body"] if item.get("validations", {}).get("required") == "true"}
    assert needed == {"chapter", "sentence", "correct", "source"}


def test_updates_keep_the_book_with_jupyter_book_1():
    """Updates of pins and actions are proposed, but not the version that pyproject.toml refuses."""
    pip, actions = read(HOST / "dependabot.yml")["updates"]
    assert (pip["package-ecosystem"], actions["package-ecosystem"]) == ("pip", "github-actions")
    assert pip["ignore"] == [{"dependency-name": "jupyter-book", "update-types": ["version-update:semver-major"]}]
    assert (ROOT / pip["directory"].strip("/") / "requirements.txt").is_file()


def test_hooks_use_the_environment():
    """Each hook is a program of the environment, whose version stands in requirements.txt alone."""
    pins = set(re.findall(r"^([\w-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
    (source,) = read(ROOT / ".pre-commit-config.yaml")["repos"]
    assert source["repo"] == "local"
    for hook in source["hooks"]:
        assert hook["language"] == "system"
        program, *words = hook["entry"].split()
        assert program.startswith(".venv/bin/")
        if program.endswith("/python"):
            assert find_spec(words[1])
        else:
            assert program.rpartition("/")[2] in pins


def test_lint_and_types_speak_of_the_oldest_python():
    """What ruff and mypy let pass runs on every version that is taken."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    oldest = Version(project["project"]["requires-python"].removeprefix(">="))
    assert project["tool"]["mypy"]["python_version"] == str(oldest)
    assert project["tool"]["ruff"]["target-version"] == f"py{oldest.major}{oldest.minor}"


def long_functions(path: Path) -> list[tuple[str, str, int]]:
    """Functions whose body, without its docstring, has too many lines: module, name and number of lines."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[ast.get_docstring(node) is not None :]
            lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            if lines > LONGEST:
                found.append((path.relative_to(ROOT / "src").as_posix(), node.name, lines))
    return found


def test_no_function_is_longer_than_a_reader_can_hold():
    """What would be longer is two functions, each with its name: the marks of a figure, its words, its table."""
    paths = sorted((ROOT / "src").rglob("*.py"))
    assert paths
    assert [function for path in paths for function in long_functions(path)] == []
