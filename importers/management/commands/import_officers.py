"""manage.py import_officers: a list of officers without a browser, with the same verdict."""

from __future__ import annotations

from importers.management.commands import import_catalog

_HELP = """Check a list of officers and postings and, with --commit, write it.

The file is for one agency and all that is below it; rows for other agencies are errors.
Without --commit nothing is written to the record; the upload and its preview are kept, as in the browser.
With --commit, postings that hold today and are not in the file end today, unless --keep-missing is given.

Exit code 0: accepted (previewed, or written with --commit). 1: refused. 2: wrong call.
"""


class Command(import_catalog.Command):
    """Import one list of officers (the import contract, section "Command line")."""

    help = _HELP
    kind = "officers"
