"""A question on its way to the answer, within one state of the index."""
