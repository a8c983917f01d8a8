"""The subject of the report *Baggage and Cascade*: its measures, figures, judgements, rules and derived tables."""

from claimbook.package.tables import data_dir, fields, load, package

__all__ = ["data_dir", "fields", "load", "package"]
