"""How each derived table is made from its upstream file.

A module an upstream: it names the file, its checksum and what it must contain,
and turns it into one or more tables. ``python -m cooperation.ingest --raw
FOLDER`` runs them all and records the checksums in ``datapackage.json``.
"""
