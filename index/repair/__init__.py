"""Damage to an index: found, and mended."""
