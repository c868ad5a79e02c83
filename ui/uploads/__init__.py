"""Files that come in through the page."""
