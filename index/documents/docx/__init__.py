"""Word files -> documents."""
