"""Check the audit ledger from the first event to the last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.audit.chain import find_breaks
from cms.audit.models import AuditEvent, AuditHead


class Command(BaseCommand):
    help = (
        "Check that no audit event was changed, removed, inserted, swapped or cut off. "
        "Keep the printed head outside this server and hand it back with --head to prove that the end is still there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", metavar="NUMBER:HASH", help="a head printed by an earlier run")
        parser.add_argument(
            "--head-file", type=Path, metavar="FILE", help="a file with such a head; rewritten when all is well"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kept = _parse_head(options["head"]) or _read_head(options["head_file"])
        head = AuditHead.objects.filter(pk=1).values_list("sequence", "hash").first()
        events = AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000)
        breaks = find_breaks(events, head=head, kept=kept)
        for found in breaks:
            self.stderr.write(f"{found.sequence}: {found.reason}")
        if breaks:
            raise CommandError(f"the ledger is broken in {len(breaks)} place(s)")
        line = "{}:{}".format(*head) if head else "0:"
        if options["head_file"]:
            options["head_file"].write_text(line)
        self.stdout.write(f"OK {line}")


def _parse_head(text: str | None) -> tuple[int, str] | None:
    if not text or text.strip() == "0:":
        return None
    number, _colon, digest = text.strip().partition(":")
    if not number.isdigit() or len(digest) != 64:
        raise CommandError("--head wants NUMBER:HASH as an earlier run printed it")
    return int(number), digest


def _read_head(file: Path | None) -> tuple[int, str] | None:
    return _parse_head(file.read_text()) if file and file.exists() else None
