"""Passages -> evidence, and how likely the evidence answers."""
