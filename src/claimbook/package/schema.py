"""The short files that describe the data package: ``data/schema``.

``package.yml`` says what the package is and which files describe its tables, in their order;
``fields.yml`` describes each field once that several tables share. A field is one line of its
table: nothing for a shared field (several names may stand in one line), ``-> table.column`` for a
key of another table, its description if it is text that must be there, or a mapping of
:data:`FIELD_KEYS`. The first field is the key if no other is named. What is ``like`` another takes
from it what it does not say itself. A table without fields joins the rows of the table that cites
through it to their sources.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from claimbook.errors import DataError

SCHEMA, PACKAGE, FIELDS = "schema", "package", "fields"
PACKAGE_NEEDS = ("name", "title", "description", "version", "licence", "licences", "tables")
PACKAGE_KEYS = (*PACKAGE_NEEDS, "keywords", "contributors", "temporal", "manifest", "reach")
TABLE_LISTS = ("key", "upstream", "sources", "fields")
TABLE_KEYS = ("like", "title", "description", "origin", "cites", "ingest", "citation", "licence", *TABLE_LISTS)
LIMITS = ("optional", "enum", "pattern", "minimum", "maximum", "unique", "maxLength")
FIELD_KEYS = ("like", "type", "unit", "future", *LIMITS, "description", "adds")
ORIGINS = ("coded", "link", "derived", "code list", "reference")
ARROW = "-> "
SOURCES = "sources.key"


def fault(where: tuple[str, ...], why: str) -> DataError:
    """One line: file, table, field, what was expected."""
    return DataError(": ".join((*where, why)))


def known(where: tuple[str, ...], value, keys: tuple[str, ...], needs: tuple[str, ...] = (), lists=()) -> dict:
    """The value, if it is a mapping of these keys, with all it needs, and with text under all but some.

    Parameters
    ----------
    where : tuple of str
        File, table and field, for the message.
    value : object
        What the file holds there.
    keys, needs, lists : tuple of str
        Keys that it may have, must have, and under which something else than text may stand.

    Returns
    -------
    dict

    Raises
    ------
    DataError
        If it is anything else.
    """
    if not isinstance(value, dict):
        raise fault(where, f"{value!r} is not a mapping; expected {', '.join(keys)}")
    for key, item in value.items():
        if key not in keys:
            raise fault(where, f"unknown key {key!r}; expected one of {', '.join(keys)} (quote a text with a comma)")
        if key not in lists and not isinstance(item, str):
            raise fault(where, f"{key} {item!r} is not text; quote it")
    for key in needs:
        if not value.get(key):
            raise fault(where, f"{key} is missing; expected {', '.join(needs)}")
    return value


def _no_doubles(node: yaml.Node | None, where: tuple[str, ...]) -> None:
    """Refuse what YAML lets pass: of two equal keys it keeps the last and says nothing."""
    if not isinstance(node, yaml.MappingNode):
        return
    seen = set()
    for key, value in node.value:
        name = str(key.value)
        if name in seen:
            raise fault((*where, name), "stands twice; expected once")
        seen.add(name)
        _no_doubles(value, where if name == "fields" else (*where, name))


def _file(folder: Path, name: str) -> dict:
    path = folder / SCHEMA / f"{name}.yml"
    where = (f"{SCHEMA}/{path.name}",)
    if not path.is_file():
        raise fault(where, f"not found in {folder}")
    try:
        text = path.read_text(encoding="utf-8")
        _no_doubles(yaml.compose(text, yaml.SafeLoader), where)
        # The plainest of the safe loaders: all is text, so that yes, 25.1 and 2014-05-14 stay what was written.
        value = yaml.load(text, yaml.BaseLoader)
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise fault(where, f"not readable as UTF-8 YAML: {' '.join(str(error).split())}") from None
    if not isinstance(value, dict):
        raise fault(where, "expected a mapping")
    return value


def read(folder: Path) -> dict[str, dict]:
    """The short files of a package, by their names without ending.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the data package.

    Returns
    -------
    dict of str to dict
        Mappings, lists and text; the files of tables in the order of the package.

    Raises
    ------
    DataError
        If a file is missing, left over or not YAML, or names something twice.
    """
    package = _file(folder, PACKAGE)
    lists = ("licence", "licences", "tables", "keywords", "contributors", "manifest", "reach")
    known((f"{SCHEMA}/{PACKAGE}.yml",), package, PACKAGE_KEYS, PACKAGE_NEEDS, lists)
    files = {PACKAGE: package, **{name: _file(folder, name) for name in (FIELDS, *package["tables"])}}
    for path in sorted((folder / SCHEMA).glob("*.yml")):
        if path.stem not in files:
            raise fault((f"{SCHEMA}/{path.name}",), f"not among the tables of {PACKAGE}.yml; expected it there")
    return files


def _spelled(where: tuple[str, ...], value, shared: dict[str, dict]) -> dict:
    """The line of a field as a mapping of :data:`FIELD_KEYS`."""
    if value == "":
        value = {"like": where[-1]}
    elif isinstance(value, str):
        value = {"type": value} if value.startswith(ARROW) else {"description": value}
    known(where, value, FIELD_KEYS, lists=("enum",))
    if "like" not in value:
        return value
    if value["like"] not in shared:
        raise fault(where, f"no shared field {value['like']!r}; expected one of {FIELDS}.yml, or a description")
    line = {**shared[value["like"]], **value}
    if "adds" in value:
        line["description"] = f"{line['description']} {value['adds']}"
    return line


def _fields(where: tuple[str, ...], lines, shared: dict[str, dict]) -> dict[str, dict]:
    if not isinstance(lines, dict):
        raise fault(where, f"fields {lines!r} is not a mapping; expected one line a field")
    fields: dict[str, dict] = {}
    for names, value in lines.items():
        for name in names.split(", "):
            if name in fields:
                raise fault((*where, name), "stands twice; expected once")
            fields[name] = _spelled((*where, name), value, shared)
    return fields


def _alike(where: tuple[str, ...], line, before: dict[str, dict]) -> dict:
    """The lines of a table, with those that it takes from another before it."""
    known(where, line, TABLE_KEYS, ("title",), TABLE_LISTS)
    if "like" in line and line["like"] not in before:
        raise fault(where, f"no table {line['like']!r} before it; expected one after like")
    return {**before.get(line.get("like"), {}), **line}


def _joining(where: tuple[str, ...], line: dict, tables: dict[str, dict]) -> dict:
    """A table that joins rows to their sources, with what all such tables have."""
    for name, other in tables.items():
        through, _, field = other.get("cites", "").partition(".")
        if through == where[-1]:
            row = {"type": f"{ARROW}{name}.{other['key']}", "description": f"Row of {name}."}
            return {
                "description": f"Which source a row of {name} rests on.",
                "origin": "link",
                "key": [field, "source"],
                **line,
                "fields": {field: row, "source": {"type": f"{ARROW}{SOURCES}"}},
            }
    raise fault(where, "fields is missing; only a table through which another cites needs none")


def tables(files: dict[str, dict]) -> dict[str, dict]:
    """Every table with its fields written out and what follows from the rest filled in.

    Parameters
    ----------
    files : dict of str to dict
        From :func:`read`.

    Returns
    -------
    dict of str to dict
        By the name of the table, in the order of the package: :data:`TABLE_KEYS`, and ``file``,
        which describes it.

    Raises
    ------
    DataError
        If a table or a field is unknown, stands twice or lacks something.
    """
    place = f"{SCHEMA}/{FIELDS}.yml"
    shared = {name: _spelled((place, name), value, {}) for name, value in files[FIELDS].items()}
    found: dict[str, dict] = {}
    for file in files[PACKAGE]["tables"]:
        for name, line in files[file].items():
            where = (f"{SCHEMA}/{file}.yml", name)
            if name in found:
                raise fault(where, f"stands twice; expected it in {found[name]['file']} alone")
            found[name] = {**_alike(where, line, found), "file": where[0]}
    for name, line in found.items():
        if "fields" in line:
            line["fields"] = _fields((line["file"], name), line["fields"], shared)
            line.setdefault("key", next(iter(line["fields"])))
            line.setdefault("origin", "coded" if "cites" in line else "derived" if "ingest" in line else "")
    whole = {name: line for name, line in found.items() if "fields" in line}
    for name, line in found.items():
        where = (line["file"], name)
        found[name] = line if name in whole else _joining(where, line, whole)
        known(where, found[name], (*TABLE_KEYS, "file"), ("title", "description"), TABLE_LISTS)
        if found[name]["origin"] not in ORIGINS:
            raise fault(where, f"origin {found[name]['origin']!r}; expected one of {', '.join(ORIGINS)}")
    return found
