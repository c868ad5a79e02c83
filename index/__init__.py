"""Documents -> clauses -> vectors and words -> ranked passages. Internal to policy-assistant."""
