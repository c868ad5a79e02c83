"""Web pages -> documents."""
