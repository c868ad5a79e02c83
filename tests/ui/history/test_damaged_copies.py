from __future__ import annotations

import os
from pathlib import Path

from ui.history.damaged_copies import INDEX, damaged_copies, holding_text, wipe


def test_copies_of_the_index_are_named_with_their_logs(tmp_path: Path) -> None:
    assert holding_text(tmp_path) == ""
    copy = tmp_path / "index.sqlite3.damaged-20260101-000000-000000"
    log = copy.with_name(f"{copy.name}-wal")
    for file in (copy, log, tmp_path / "index.sqlite3", tmp_path / "chat.sqlite3.damaged-x"):
        file.touch()
    assert damaged_copies(tmp_path, INDEX) == [copy, log]
    assert holding_text(tmp_path) == (
        f"{str(copy)!r}, {str(log)!r}, set aside by a repair, may still hold the texts of removed "
        "policies: delete what you no longer need"
    )


def test_a_file_is_overwritten_and_a_link_only_removed(tmp_path: Path) -> None:
    file, twin, link = tmp_path / "file", tmp_path / "twin", tmp_path / "link"
    file.write_bytes(b"secret")
    os.link(file, twin)
    wipe(file)
    assert twin.read_bytes() == bytes(6)
    twin.write_bytes(b"other")
    link.symlink_to(twin)
    wipe(link)
    assert twin.read_bytes() == b"other"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["twin"]
