"""Who gets into the page, and how many at once."""
