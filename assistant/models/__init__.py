"""The language models, and what they need."""
