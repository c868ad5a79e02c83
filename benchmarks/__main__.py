"""`make bench`: every benchmark whose data is on this machine, one after the other."""

from __future__ import annotations

from benchmarks import (
    answering_speed,
    busy_machine,
    coverage,
    durability,
    evidence_speed,
    fidelity,
    first_users,
    follow_ups,
    ingest_speed,
    labelled,
    page_speed,
    routing,
    support,
    whole_archive,
    writing_speed,
    written,
)

BENCHMARKS = (
    first_users,
    follow_ups,
    labelled,
    routing,
    support,
    durability,
    coverage,
    fidelity,
    ingest_speed,
    answering_speed,
    page_speed,
    evidence_speed,
    busy_machine,
    writing_speed,
    written,
    whole_archive,
)

if __name__ == "__main__":
    for benchmark in BENCHMARKS:
        print(f"== {benchmark.__name__.removeprefix('benchmarks.')}")
        benchmark.main()
        print(flush=True)
