"""``python -m tests.replay FILE``: print the stored results as JSON; where FILE says what to expect, compare.

Exit code 1: something differs from the file's ``expect``, and every difference is printed on standard error; 2: the
file is not of the shape (tests/README.md).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def main() -> int:
    """Replay the file, for each way of making the quarter in a database of its own."""
    asked = argparse.ArgumentParser(prog="python -m tests.replay", description=__doc__)
    asked.add_argument("file", type=Path, metavar="FILE", help="people, work, marks: as tests/golden/quarter.json")
    data = json.loads(asked.parse_args().file.read_text(encoding="utf-8"))
    _set_up()
    from tests.replay.quarter import replay
    from tests.replay.reading import InvalidFile

    try:
        said = replay(data)
    except InvalidFile as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    json.dump(said, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
    differences = list(differing(data["expect"], said)) if "expect" in data else []
    for each in differences:
        sys.stderr.write(f"{each}\n")
    return 1 if differences else 0


def differing(expected: Any, found: Any, path: str = "") -> Iterator[str]:
    """Yield where something was found that was not expected, with its path; what is found besides is not asked."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            yield from differing(value, found.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for place, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differing(one, other, f"{path}[{place}]")
    elif expected != found:
        yield f"{path}: expected {expected!r}, found {found!r}"


def _set_up() -> None:
    """Start the platform on an empty database of its own, which goes with the process.

    Where the tests keep a migrated database of this code, it begins with a copy of that.
    """
    folder = tempfile.TemporaryDirectory(prefix="replay-")
    os.environ["DATABASE_URL"] = f"sqlite:///{folder.name}/replay.sqlite3"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    import atexit

    import django

    atexit.register(folder.cleanup)
    django.setup()
    from django.core.management import call_command

    from tests.migrated import ROOT, Migrated

    kept = ROOT / ".pytest_cache" / "d" / "database"
    kept.mkdir(parents=True, exist_ok=True)
    migrated = Migrated(kept)
    if not migrated.lend(Path(folder.name) / "replay.sqlite3"):
        call_command("migrate", verbosity=0)
        from django.db import connection

        migrated.keep(connection.connection)


if __name__ == "__main__":
    sys.exit(main())
