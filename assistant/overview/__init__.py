"""Several policies, or versions of one, side by side: all from one state of the index."""
