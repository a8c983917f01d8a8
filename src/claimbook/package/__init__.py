"""The data package: its schema, its tables, and what is made from them."""
