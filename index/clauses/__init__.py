"""Documents -> clauses with their quotable units."""
