"""The press: prints a report that tests claims one by one, from tables, as pages, notebooks and PDF.

It knows nothing of a report's subject. What differs from book to book stands
in the book's own files and in the block ``[tool.claimbook]`` of its
``pyproject.toml``; see :mod:`claimbook.settings`.
"""
