"""Measuring the book, and serving it to what measures it."""
