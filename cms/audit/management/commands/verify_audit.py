"""Check the audit ledger from the first event to the last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.audit.chain import find_breaks
from cms.audit.models import GENESIS, AuditEvent, AuditHead
from cms.audit.outside_head import Head, UnreadableHead, move_head_file, parse_head, read_head_file, write_head
from cms.core.snapshots import one_snapshot


class Command(BaseCommand):
    help = (
        "Check that no audit event was changed, removed, inserted, swapped or cut off. "
        "Keep the printed head outside this server and hand it back with --head to prove that the end is still there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", metavar="NUMBER:HASH", help="a head printed by an earlier run")
        parser.add_argument(
            "--head-file", type=Path, metavar="FILE", help="a file with such a head; moved forward when all is well"
        )
        parser.add_argument("--first-run", action="store_true", help="there is no head file yet: make it")

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["head_file"]
        outside_heads = _outside_heads(options["head"], file, is_first=options["first_run"])
        with one_snapshot():
            head = AuditHead.objects.filter(pk=1).values_list("sequence", "hash").first()
            events = AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000)
            breaks = find_breaks(events, head=head, outside_heads=outside_heads)
        for found in breaks:
            self.stderr.write(f"{found.sequence}: {found.reason}")
        if breaks:
            raise CommandError(f"the ledger is broken in {len(breaks)} place(s)")
        end = head or (0, GENESIS)
        if file:
            move_head_file(file, end)
        self.stdout.write(f"OK {write_head(end)}")


def _outside_heads(text: str | None, file: Path | None, *, is_first: bool) -> list[Head]:
    """Return the heads kept outside; one that cannot be read is an alarm, never a beginning."""
    outside_heads: list[Head] = []
    try:
        if text is not None:
            outside_heads.append(parse_head(text))
        if file and not (is_first and not file.exists()):
            outside_heads.append(read_head_file(file))
    except UnreadableHead as error:
        raise CommandError(f"the head kept outside is no NUMBER:HASH as an earlier run wrote it: {error}") from error
    except OSError as error:
        raise CommandError(f"the head file cannot be read (--first-run makes a new one): {error}") from error
    return outside_heads
