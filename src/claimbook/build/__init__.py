"""From chapters to pages, PDF, notebooks and references."""
