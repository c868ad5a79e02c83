"""What a question is about, and which policies it goes to."""
