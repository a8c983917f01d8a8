"""How each derived table is made from its upstream files.

A module a subject: ``TABLES`` names its tables and the upstream files they come
from, and ``BUILDS`` the functions that make them, each the tables of the same
files; a function holds its files to what they must contain.
``python -m cooperation.ingest --raw FOLDER`` runs them all and records the
checksums in ``SHA256SUMS`` and ``datapackage.json``. A wrong file stops the
tables that are made from it and no others; a file that no table is made from is
passed over. Without ``--raw`` the command fetches what the publishers give at an
address, and then one wrong file stops it.
"""
