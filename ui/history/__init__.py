"""Conversations and feedback: what is kept of the chat page."""
