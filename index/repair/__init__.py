"""Finding and repairing damage to an index."""
