"""How each derived table is made from its upstream files.

A module a subject: it names its tables and the upstream files they come from,
and what these must contain. ``python -m cooperation.ingest --raw FOLDER`` runs
them all and records the checksums in ``SHA256SUMS`` and ``datapackage.json``;
without ``--raw`` it fetches what the publishers give at an address.
"""
