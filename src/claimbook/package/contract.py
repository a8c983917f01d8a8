"""The tables that the press reads itself, whatever a report is about; all others are the subject's."""

from __future__ import annotations

CONTRACT = {
    "sources": {
        "key": "permanent key, used in citations",
        "title": "title of the page or work",
        "title_language": "ISO 639-1 code of the title as it stands here",
        "publisher": "publisher or outlet, may be missing",
        "author": "author, may be missing",
        "date": "partial date of publication, may be missing",
        "url": "address, may be missing",
        "kind": "kind of source",
        "language": "language of the page, may be missing",
        "verified": "yes: read, and may be cited; no: may not",
    },
    "claims": {
        "key": "permanent key, named by the role claim",
        "claim": "what is claimed, in the report's own words",
        "chapter": "chapter that tests it, relative to book, may be missing",
    },
    "terms": {
        "term": "the term, named by the role term",
        "abbreviation": "its abbreviation, may be missing",
        "definition": "what it means",
        "kind": "rule: a rule of the report, which has no source; any other kind has one",
        "verification": "how well the definition is sourced; missing for a rule",
    },
}
# Those of a book that gives verdicts; whoever has one of them has all.
LEDGER = {
    "questions": {
        "key": "permanent key",
        "number": "place in the order",
        "question": "the question, as readers see it",
        "theme": "what it is about, in words that can stand in a sentence",
    },
    "verdicts": {
        "claim": "key of claims",
        "question": "key of questions",
        "short": "the claim as a short sentence",
        "verdict": "one of claimbook.verdict.VERDICTS",
        "confidence": "low, moderate or high",
        "reason": "why the confidence is what it is",
        "would_change": "what evidence would change the verdict",
        "made": "partial date on which it was made or last changed",
    },
    "verdict_exhibits": {
        "claim": "key of verdicts",
        "kind": "figure, table or judgement",
        "position": "place among those of its kind",
        "label": "label of a figure or table, key of a judgement",
    },
    "verdict_sources": {
        "claim": "key of verdicts",
        "source": "key of sources",
    },
}


def contract_faults(items: list[dict]) -> list[str]:
    """What the press needs and the package lacks.

    Parameters
    ----------
    items : list of dict
        Descriptors of the tables.

    Returns
    -------
    list of str
        One line for each missing table or column.
    """
    columns = {item["name"]: {field["name"] for field in item["schema"]["fields"]} for item in items}
    contracts = {"every report has": CONTRACT} | ({"a ledger has": LEDGER} if columns.keys() & LEDGER else {})
    faults = []
    for whose, table, needed in ((whose, *item) for whose, tables in contracts.items() for item in tables.items()):
        if table not in columns:
            faults.append(f"datapackage.json: table {table} is missing; {whose} {', '.join(contracts[whose])}")
            continue
        faults += [
            f"datapackage.json: table {table}: column {column} is missing ({meaning})"
            for column, meaning in needed.items()
            if column not in columns[table]
        ]
    return faults
