"""Passages -> evidence, and how likely it is that it answers."""
