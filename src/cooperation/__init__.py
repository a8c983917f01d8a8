"""The Python behind the report *Baggage and Cascade*."""
