"""Compare what was decided and published with the ledger."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.checks import Tags, run_checks
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cms.audit.seals import find_differences
from cms.core.snapshots import one_snapshot


class Command(BaseCommand):
    help = (
        "Compare every approved catalog version, published framework version and release of figures with what the "
        "ledger holds of it, and see that the guards of the database are in force. Run it after verify_audit."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print what was found as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        guards = [str(problem.msg) for problem in run_checks(tags=[Tags.database], databases=["default"])]
        with one_snapshot():
            found = list(find_differences())
        alarms = sum(each.is_alarm for each in found) + len(guards)
        if options["json"]:
            differences = [{**asdict(each), "alarm": each.is_alarm, "text": str(each)} for each in found]
            report = {"ok": not alarms, "differences": differences, "guards": guards}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
        else:
            for line in [*guards, *map(str, found)]:
                self.stderr.write(line)
        if alarms:
            raise CommandError(
                _("What was decided or published is not as the ledger says: %(count)s.") % {"count": alarms}
            )
        if not options["json"]:
            self.stdout.write("OK")
