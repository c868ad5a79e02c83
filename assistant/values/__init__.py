"""The values that answers and citations consist of."""
