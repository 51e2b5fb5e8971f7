"""manage.py import_file: the way in without a browser, with the same verdict."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils.translation import gettext as _

from cms.core.errors import DomainError
from cms.core.periods import read_period
from cms.organisations.models import Agency, Membership
from cms.users.enums import Role
from cms.users.models import User
from importers import actions
from importers.batches.report import as_json
from importers.enums import MissingItems
from importers.kinds import KINDS
from importers.models import ImportBatch
from importers.screens.presenters import banner, place

WRONG_CALL = 2
_HELP = """Check a file of an agency and, with --commit, write it.

Without --commit nothing is written to the record; the upload and its preview are kept, as in the browser.
With --commit, what is on record and not in the file is removed or ended, unless --keep-missing is given.
Results of work are of a period (--period), and what the file does not have stays.
A list of officers is for the agency and all that is below it; rows for other agencies are errors.
The upload is made in the name of --user. Without it: the agency's first active uploader, else its head, else an
editor of the Department of Home Affairs on its behalf. The ledger notes that it came by the command line.

Exit code 0: accepted (previewed, or written with --commit). 1: refused. 2: wrong call.
"""


class Command(BaseCommand):
    """Import one file of any kind (the import contract, section "Command line")."""

    help = _HELP
    # A subclass that takes files of one kind alone names it.
    kind = ""

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        """Keep the lines of the help as they are written."""
        parser = super().create_parser(*args, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        if not self.kind:
            parser.add_argument("kind", metavar="KIND", choices=list(KINDS), help=f"one of {', '.join(KINDS)}")
        parser.add_argument("file", metavar="FILE", type=Path, help="the workbook or CSV file")
        parser.add_argument("--agency", required=True, metavar="CODE", help="code of the agency, as in its address")
        if self._takes_periods:
            parser.add_argument(
                "--period", metavar="CODE", default="", required=bool(self.kind),
                help="for kinds that are of a period: 2026-07, 2026-Q3, 2026-H1 or 2026",
            )  # fmt: skip
        parser.add_argument("--commit", action="store_true", help="write it, if the file has no errors")
        parser.add_argument(
            "--keep-missing", action="store_true", help="with --commit: leave alone what the file does not have"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
        parser.add_argument("--user", metavar="USERNAME", help="in whose name; see above for who it is when left out")

    @property
    def _takes_periods(self) -> bool:
        """Whether a file of any kind that it takes is of a period."""
        return any(KINDS[kind].has_period for kind in ([self.kind] if self.kind else KINDS))

    def handle(self, *args: Any, **options: Any) -> None:
        """Upload, perhaps commit, print, and end with the exit code that the contract gives."""
        agency = _agency(options["agency"])
        user = _user(options["user"], agency)
        missing = MissingItems.KEEP if options["keep_missing"] else MissingItems.REMOVE
        with _opened(options["file"]) as file:
            about = {"agency": agency, "kind": self.kind or options["kind"], "period": options.get("period") or ""}
            _require_period(about["kind"], about["period"])
            answer, headline = _import(file, user, options["commit"], missing, about)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            _print_tables(answer, headline, self.stdout)
        if answer["verdict"] == "reject":
            sys.exit(1)


def _require_period(kind: str, period: str) -> None:
    has_period = KINDS[kind].has_period
    if has_period and read_period(period) is None:
        raise CommandError("--period is needed: 2026-07, 2026-Q3, 2026-H1 or 2026.", returncode=WRONG_CALL)
    if period and not has_period:
        raise CommandError(f"Files of the kind {kind!r} are of no period.", returncode=WRONG_CALL)


def _agency(code: str) -> Agency:
    agency: Agency | None = Agency.objects.filter(code=code).first()
    if agency is None:
        raise CommandError(f"There is no agency with the code {code!r}.", returncode=WRONG_CALL)
    return agency


def _user(username: str | None, agency: Agency) -> User:
    if username is None:
        return _usual_uploader(agency)
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no active account {username!r}.", returncode=WRONG_CALL)
    return user


def _usual_uploader(agency: Agency) -> User:
    above = [agency.path[:length] for length in range(agency.steplen, len(agency.path) + 1, agency.steplen)]
    for role, where in ((Role.UPLOADER, above), (Role.AGENCY_HEAD, above), (Role.EDITOR, None)):
        reach = Q(agency__path__in=where) if where else Q()
        held = Membership.objects.active().filter(reach, role=role, user__is_active=True).over(agency)
        membership = held.select_related("user").order_by("-agency__depth", "user_id").first()
        if membership:
            return membership.user
    raise CommandError(f"Nobody uploads for {agency.code}. Name an account with --user.", returncode=WRONG_CALL)


def _opened(path: Path) -> File[bytes]:
    try:
        return File(path.open("rb"), path.name)
    except OSError as failure:
        raise CommandError(f"The file cannot be opened: {failure}", returncode=WRONG_CALL) from failure


def _import(
    file: File[bytes], user: User, commit: bool, missing: MissingItems, about: dict[str, Any]
) -> tuple[dict[str, Any], str]:
    batch = None
    try:
        batch = actions.upload(by=user, file=file, name=file.name or "", via="command", wait=True, **about)
        if commit and not batch.error_count:
            batch = actions.commit(by=user, batch=batch, missing=missing)
        return as_json(batch), banner(batch).headline
    except DomainError as refusal:
        return _refused(batch, refusal), str(refusal)


def _refused(batch: ImportBatch | None, refusal: DomainError) -> dict[str, Any]:
    """The answer when not the file but the moment or the person is wrong."""
    answer = as_json(batch or ImportBatch())
    line = {"sheet": "", "row": 0, "column": "", "value": "", "code": refusal.code, "message": str(refusal)}
    return answer | {"verdict": "reject", "errors": [*answer["errors"], line]}


def _print_tables(answer: dict[str, Any], headline: str, out: Any) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(file=out, highlight=False, markup=False)
    console.print(headline)
    counts = answer["changes"]
    labels = {"new": _("New"), "changed": _("Changed"), "same": _("Same"), "missing": _("Not in the file")}
    console.print(", ".join(f"{labels[kind]}: {counts[kind]}" for kind in labels))
    for title, problems in ((_("Errors"), answer["errors"]), (_("Warnings"), answer["warnings"])):
        if problems:
            table = Table(title=title)
            for column in _columns():
                table.add_column(column, overflow="fold")
            for problem in problems:
                where = place(problem["sheet"], problem["row"])
                line = (problem["sheet"], where, problem["column"], problem["value"], problem["message"])
                table.add_row(*map(_plain, line))
            console.print(table)


def _columns() -> tuple[str, ...]:
    return _("Sheet"), _("Place"), _("Column"), _("Value in the cell"), _("What is wrong and how to mend it")


def _plain(text: str) -> Any:
    """Text of a file as text: neither rich's markup nor the terminal's control codes work in it."""
    from rich.text import Text

    return Text("".join(character if character.isprintable() else "\ufffd" for character in text))
