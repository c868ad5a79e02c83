"""What happens on the page: each event, and what it changes."""
