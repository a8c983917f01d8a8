"""Whoever breaks a row, a file, a cell or the machine gets one line that says where, and keeps the last good book."""

from __future__ import annotations

import pytest


def only_line(done) -> str:
    """The one line that a failed command wrote to stderr."""
    assert done.returncode != 0, done.stdout
    (line,) = done.stderr.splitlines()
    return line


def test_x(project_copy):
    for args in [("meetings","M001","date","2013-02-30"),
        ("kidnappings","H01","country_taken","XXX"),
        ("kidnapping_sources","H01","source","nobody2013"),
        ("initiatives","CENSAD","id","AMU"),
        ("kidnappings","H01","hostages","18"),
        ("kidnappings","H03","date_end","2007"),
    ]:
        old=project_copy.table(args[0]).read_bytes()
        project_copy.edit(*args)
        done=project_copy.run("cooperation.tables")
        print(args, done.returncode, done.stdout, done.stderr)
        project_copy.table(args[0]).write_bytes(old)
    p=project_copy.table("sources")
    old=p.read_bytes()
    p.write_bytes(old.decode().encode("latin-1","replace"))
    print(project_copy.run("cooperation.tables"))
    p.write_bytes(b"")
    print(project_copy.run("cooperation.tables"))
    p.write_bytes(old.replace(b",publisher,",b",",1))
    print(project_copy.run("cooperation.tables"))
    p.write_bytes(old)
    project_copy.keep_chapters("mistrust/threat")
    c=project_copy.root/"book/mistrust/threat.md"
    t=c.read_text()
    c.write_text(t+"\n```{code-cell} python\n1 / 0\n```\n")
    print(project_copy.run("cooperation.book", "html"))
    assert 0
