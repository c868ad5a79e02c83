"""The values that answers and citations are made of."""
