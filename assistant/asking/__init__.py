"""One question, from the index to the answer."""
