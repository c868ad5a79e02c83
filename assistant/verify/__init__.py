"""A saved answer, checked against the index."""
