"""What a question is about, and where it goes."""
