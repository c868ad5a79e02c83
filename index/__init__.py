"""Documents -> clauses -> vectors and words -> ranked passages. Internal to policy-assistant."""

import os

# OpenMP's threads spin while they wait, which makes a question ten times slower beside other work.
# The variable is read once, when torch or FAISS loads, and every way in comes through here first.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
