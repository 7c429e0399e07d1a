"""Cases for the marketplace's staff: reports of a screenshot or a comment, and what staff decided."""
