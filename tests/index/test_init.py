from __future__ import annotations

import os
import subprocess
import sys


def test_openmp_threads_do_not_spin_unless_the_user_wants_them_to() -> None:
    code = "import os, assistant; print(os.environ['OMP_WAIT_POLICY'])"
    clean = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
    for given, expected in (({}, "PASSIVE"), ({"OMP_WAIT_POLICY": "ACTIVE"}, "ACTIVE")):
        done = subprocess.run(
            [sys.executable, "-c", code], env=clean | given, capture_output=True, check=True
        )
        assert done.stdout.decode().strip() == expected
