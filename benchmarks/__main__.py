"""`make bench`: every benchmark whose data is on this machine, one after the other."""

from __future__ import annotations

from benchmarks import first_users, labelled, whole_archive
from benchmarks.parts import (
    coverage,
    durability,
    fidelity,
    follow_ups,
    routing,
    sentences,
    support,
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
    sentences,
    whole_archive,
)

if __name__ == "__main__":
    for benchmark in BENCHMARKS:
        print(f"== {benchmark.__name__.removeprefix('benchmarks.')}")
        benchmark.main()
        print(flush=True)
