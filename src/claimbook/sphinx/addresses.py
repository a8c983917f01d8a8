"""Permanent addresses: a small page for each verdict, figure and table, to cite, preview and embed; lists of them; pages that moved.

A page below ``ref/`` is named by the label alone, so that its address outlives
a move of the chapter. ``verdicts.json`` lists them all; ``references.json`` is
the same as CSL-JSON, for programs that keep references.
"""

from __future__ import annotations

import json
from pathlib import Path

from docutils import nodes
from sphinx.util.osutil import relative_uri

from claimbook.package.tables import package
from claimbook.sphinx.ledger import numbers, verdict_board
from claimbook.sphinx.plotly import DOWNLOADS, REFERENCES, name_of, plotly_figure
from claimbook.verdict import anchor


def _collect(app, doctree) -> None:
    """Note what a page has that can be referred to."""
    found: list[dict] = []
    for node in doctree.findall(plotly_figure):
        meta = json.loads(node["json"])["layout"]["meta"]
        found.append({"kind": "figure", "label": name_of(node), "title": meta["title"], **_said(meta)})
    # Of what a cell gives in several forms the page keeps one: beside a board its table is not shown.
    bundles = [node for node in doctree.findall(nodes.container) if node.get("nb_element") == "mime_bundle"]
    other = {
        id(table) for node in bundles if next(node.findall(verdict_board), None) for table in node.findall(nodes.table)
    }
    for node in doctree.findall(nodes.table):
        caption = next(iter(node.findall(nodes.title)), None)
        if caption is not None and node.get("names") and id(node) not in other:
            found.append(
                {"kind": "table", "label": node["names"][0], "title": caption.astext(), "target": node["ids"][0]}
            )
    for node in doctree.findall(verdict_board):
        content = json.loads(node["json"])
        if content["whole"]:
            found += [
                {"kind": "verdict", "label": anchor(claim["claim"]), "title": claim["short"], "question": row, **claim}
                for row in content["questions"]
                for claim in row["claims"]
            ]
    app.env.referred[app.env.docname] = found


def _said(meta: dict) -> dict[str, str]:
    return {"subtitle": meta["subtitle"], "alt": meta["alt"]}


def _purge(app, env, docname):
    _start(app)
    env.referred.pop(docname, None)


def _merge(app, env, docnames, other):
    env.referred |= {docname: other.referred[docname] for docname in docnames if docname in other.referred}


def _start(app):
    if not hasattr(app.env, "referred"):
        app.env.referred = {}


def entries(builder) -> list[dict]:
    """Everything that can be referred to, in the order of the book.

    Parameters
    ----------
    builder : sphinx.builders.Builder
        Of HTML.

    Returns
    -------
    list of dict
        ``kind`` (verdict, figure, table), ``label``, ``title``, ``number``
        (empty if it has none), ``address`` in the book, ``reference`` (its own
        page), and what the page says of it.
    """
    base, listed = builder.config.html_baseurl or "", []
    for docname, referred in builder.env.referred.items():
        page = builder.get_target_uri(docname)
        for item in referred:
            target = item.get("target", item["label"])
            number = numbers(builder, docname).get(item["kind"], {}).get(target, ())
            listed.append(
                {
                    **item,
                    "number": ".".join(map(str, number)),
                    "page": page,
                    "address": f"{base}{page}#{target}",
                    "reference": f"{base}{REFERENCES}/{item['label']}.html",
                }
            )
    return sorted(listed, key=lambda item: (("verdict", "figure", "table").index(item["kind"]), item["page"]))


def csl(item: dict, title: str, author: str, version: str, year: str, words: dict[str, str]) -> dict:
    """An entry as CSL-JSON."""
    name = f"{words[item['kind']].capitalize()} {item['number']}".strip()
    return {
        "id": item["label"],
        "type": "graphic" if item["kind"] == "figure" else "webpage",
        "title": f"{name}: {item['title']}",
        "container-title": title,
        "author": [{"literal": author}],
        "issued": {"date-parts": [[int(year)]]},
        "version": version,
        "URL": item["reference"],
    }


def _write(app, exception):
    """Write the pages and the lists."""
    builder = app.builder
    if exception is not None or builder.name != "html" or not builder.templates:
        return
    found, out = entries(builder), Path(app.outdir)
    descriptor, config, words = package(Path(app.srcdir) / "data"), app.config, app.book.words
    (out / REFERENCES).mkdir(exist_ok=True)
    for item in found:
        told = {
            "item": item,
            "title": config.html_title,
            "version": descriptor["version"],
            "name": f"{words[item['kind']].capitalize()} {item['number']}".strip(),
            "picture": f"../{DOWNLOADS}/{item['label']}.svg" if item["kind"] == "figure" else "",
            "inside": f"../{item['page']}#{item.get('target', item['label'])}",
            "language": config.language or "en",
        }
        (out / REFERENCES / f"{item['label']}.html").write_text(
            builder.templates.render("reference.html", told), "utf-8"
        )
    for old, new in app.book.moved.items():
        _lead_on(builder, old, new)
    listed = {
        "title": config.html_title,
        "version": descriptor["version"],
        "license": descriptor["licenses"][0]["path"],
        "verdicts": [_verdict(item) for item in found if item["kind"] == "verdict"],
        **{f"{kind}s": [_plain(item) for item in found if item["kind"] == kind] for kind in ("figure", "table")},
    }
    _dump(out / "verdicts.json", listed)
    cited = [
        csl(item, config.html_title, config.author, descriptor["version"], config.copyright, words) for item in found
    ]
    _dump(out / "references.json", cited)


def _lead_on(builder, old: str, new: str) -> None:
    """Write where a page stood another that leads to where it stands now, to the same place in it if scripts run."""
    page = Path(builder.outdir) / builder.get_target_uri(old)
    told = {
        "title": builder.env.titles[new].astext(),
        "there": relative_uri(builder.get_target_uri(old), builder.get_target_uri(new)),
        "language": builder.config.language or "en",
    }
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(builder.templates.render("moved.html", told), "utf-8")


def _verdict(item: dict) -> dict:
    question = {key: item["question"][key] for key in ("question", "verdict", "confidence")}
    names = (
        "claim",
        "short",
        "verdict",
        "confidence",
        "reason",
        "answer",
        "would_change",
        "made",
        "chapter",
        "exhibits",
        "sources",
        "tables",
    )
    return {"question": question, **{name: item[name] for name in names}, **_ways(item)}


def _plain(item: dict) -> dict:
    return {"label": item["label"], "number": item["number"], "title": item["title"], **_ways(item)}


def _ways(item: dict) -> dict[str, str]:
    return {"address": item["address"], "reference": item["reference"]}


def _dump(path: Path, content) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def setup(app):
    """Connect to Sphinx; the pages are there before the site's policy is written into all of them."""
    app.connect("builder-inited", _start)
    app.connect("doctree-read", _collect)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("build-finished", _write, priority=400)
    return {"env_version": 1}
