"""Everybody whose level a trial changes, as a file: csv, or a workbook with the sums beside."""

from __future__ import annotations

import json
from functools import partial
from typing import IO, Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.cached_files import temporary_file
from cms.core.table_files import MEDIA_TYPES, MOST_IN_A_SMALL_FILE, write_file
from cms.core.workbooks import ExportTable
from cms.frameworks.enums import TrialState
from cms.frameworks.trials.changes import change_rows, tables
from cms.frameworks.trials.shown import Shown
from cms.frameworks.views.trials import TrialScreen, beside_name, tried_name

_FETCHED = 2000


class TrialChangesView(TrialScreen):
    """The file; long workbooks are written by a process of their own."""

    kind = "csv"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hand out the file; rows are read while it is written."""
        trial = self.trial
        if trial.state != TrialState.DONE:
            raise Http404
        shown = Shown(json.loads(trial.result), trial.inputs.subject)
        changed = trial.changed.order_by("place")
        rows = change_rows(changed.iterator(chunk_size=_FETCHED), shown.group_names)
        sheets, name = tables(shown, rows, self._about(shown)), f"{self.framework.code}-thu-{trial.pk}"
        is_long = self.kind == "xlsx" and changed.count() > MOST_IN_A_SMALL_FILE
        file = temporary_file(partial(_write, self.kind, sheets, name, is_long))
        media_type = MEDIA_TYPES[self.kind]
        return FileResponse(file, as_attachment=True, filename=f"{name}.{self.kind}", content_type=media_type)

    def _about(self, shown: Shown) -> list[tuple[str, str]]:
        trial = self.trial
        facts = [
            (_("Criteria framework"), self.framework.name),
            (_("Before"), beside_name(trial)),
            (_("After"), tried_name(trial)),
            (_("Hash of the definition after"), trial.content_hash),
            (_("Tried on"), f"{trial.inputs.name} ({trial.inputs.size})"),
            (_("Hash of the inputs"), trial.inputs.content_hash),
            (_("Tried"), timezone.localtime(trial.created_at).strftime("%d/%m/%Y %H:%M")),
            (_("Result"), shown.headline),
            *((_("Nobody with a total"), each) for each in shown.missing),
        ]
        return facts + [(heading, each) for heading, found in shown.apart for each in found]


def _write(kind: str, sheets: list[ExportTable], title: str, is_long: bool, file: IO[bytes]) -> None:
    write_file(kind, sheets, file, title=title, is_long=is_long)
