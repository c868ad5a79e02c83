"""A saved answer, held against the index."""
