"""What is known of English, in one place."""
