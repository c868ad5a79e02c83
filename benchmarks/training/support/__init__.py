"""Trains the entailment score of the support check."""
