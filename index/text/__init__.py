"""What text itself says: sentences, headings, marks, numerals."""
