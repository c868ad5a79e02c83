"""English: its words, its numbers, and the forms in which texts are compared."""
