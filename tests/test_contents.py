"""Any table of contents that Jupyter Book takes is read, and a slip in one is told by its line."""

from __future__ import annotations

import nbformat
import pytest
import yaml

from claimbook.build.contents import chapters, pages
from claimbook.errors import BuildError

FORMS = {
    "parts": {"parts": [{"caption": "One", "chapters": [{"file": "book/seized"}, {"file": "book/outcome"}]}]},
    "chapters at the top": {"chapters": [{"file": "book/seized"}, {"file": "book/outcome"}]},
    "sections": {"chapters": [{"file": "book/seized", "sections": [{"file": "book/outcome"}]}]},
    "files with their ending": {"chapters": [{"file": "book/seized.md", "sections": [{"file": "book/outcome.md"}]}]},
    "an address between them": {
        "chapters": [{"file": "book/seized"}, {"url": "https://example.org"}, {"file": "book/outcome"}]
    },
    "a pattern": {"chapters": [{"file": "book/seized"}, {"glob": "book/out*"}]},
}


def write(example, contents: dict) -> None:
    """Give the book this table of contents."""
    text = yaml.safe_dump({"format": "jb-book", "root": "book/index", **contents}, sort_keys=False)
    (example.root / "_toc.yml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read(example, form):
    """Pages come in their order, and those with cells are known as chapters."""
    write(example, FORMS[form])
    assert [path.as_posix() for path in pages(example.root)] == ["book/index.md", "book/seized.md", "book/outcome.md"]
    assert [path.as_posix() for path in chapters(example.root)] == ["book/seized.md", "book/outcome.md"]


@pytest.mark.slow
def test_sections_and_notebooks_run(example):
    """A page below another, and a page that is a notebook, are executed and shown with what they print."""
    cell = nbformat.v4.new_code_cell("print(6 * 7)")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A notebook"), cell])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, example.root / "book" / "answer.ipynb")
    sections = [{"file": "book/answer"}, {"file": "book/outcome"}, {"file": "book/claims"}]
    write(example, {"chapters": [{"file": "book/seized", "sections": sections}]})
    done = example.run("claimbook.build.book", "html")
    assert done.returncode == 0, done.stderr
    assert sorted(line.split()[1] for line in done.stdout.splitlines() if line.startswith("executed ")) == [
        "book/answer.ipynb",
        "book/claims.md",
        "book/outcome.md",
        "book/seized.md",
    ]
    assert "42" in (example.root / "_build" / "html" / "book" / "answer.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "format: jb-book\nroot: book/index\nchapters:\n- file: book/seized\n- file: book/lost\n",
            "_toc.yml: line 5: there is no page book/lost.md or .ipynb",
        ),
        (
            "format: jb-book\nroot: book/index\nchapters:\n- fil: book/seized\n",
            "_toc.yml: line 4: entry does not contain one of",
        ),
        ("format: jb-book\nroot: book/index\nchapters: [\n", "_toc.yml: line 4: "),
        ("format: jb-book\nchapters:\n- file: book/seized\n", "_toc.yml: line 1: 'root' key not found"),
    ],
)
def test_slips_are_told_by_their_line(example, text, told):
    """Whoever mistypes the table of contents is led to the line."""
    (example.root / "_toc.yml").write_text(text, encoding="utf-8")
    with pytest.raises(BuildError) as error:
        pages(example.root)
    assert str(error.value).startswith(told)
    assert example.complaint("claimbook.build.book", "html").startswith(told)
