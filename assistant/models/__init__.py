"""The language models: packaged, any that transformers loads, or behind a server."""
