"""What becomes of cited words from one version to the next."""
