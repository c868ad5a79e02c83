"""The HTML of each part of the page: what the templates are filled in with."""
