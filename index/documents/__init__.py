"""Files -> documents: canonical text and its blocks."""
