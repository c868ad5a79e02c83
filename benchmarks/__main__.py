"""`make bench`: every benchmark whose data is on this machine, one after the other."""

from __future__ import annotations

from benchmarks import answering_speed, first_users, ingest_speed, labelled, support

if __name__ == "__main__":
    for benchmark in (first_users, labelled, support, ingest_speed, answering_speed):
        print(f"== {benchmark.__name__.removeprefix('benchmarks.')}")
        benchmark.main()
        print(flush=True)
