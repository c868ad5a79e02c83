"""Documents -> clauses -> vectors and words -> ranked passages. Internal to policy-assistant."""

import os

# OpenMP's threads spin while they wait, which makes questions ten times slower on a busy machine.
# The variable is read once, when torch or FAISS loads; every entry point imports this file first.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
