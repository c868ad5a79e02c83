"""Conversations and feedback that are kept."""
