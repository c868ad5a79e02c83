"""Quotes of one policy that contradict each other."""
