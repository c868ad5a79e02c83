"""`make bench`: every benchmark whose data is on this machine, one after the other."""

from __future__ import annotations

from benchmarks import (
    coverage,
    durability,
    fidelity,
    first_users,
    follow_ups,
    labelled,
    routing,
    support,
    whole_archive,
    written,
)
from benchmarks.speed import answering as answering_speed
from benchmarks.speed import busy_machine
from benchmarks.speed import evidence as evidence_speed
from benchmarks.speed import ingest as ingest_speed
from benchmarks.speed import page as page_speed
from benchmarks.speed import writing as writing_speed

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
