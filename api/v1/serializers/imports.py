"""Uploads as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import (
    AgencyReferenceSerializer,
    RowSerializer,
    VersionReferenceSerializer,
)
from api.v1.serializers.items import API_NAMES
from cms.catalogs.models import CatalogVersion
from importers.actions.undoing import MOST_NAMED
from importers.batches.report import problem_json, row_json, summary
from importers.enums import BatchState, MissingItems, RowClass, Verdict
from importers.kinds import KIND_CHOICES, kind_of
from importers.kinds.contract import LeftRow, UndoPlan
from importers.models import ImportBatch, ImportCorrection, ImportProblem, ImportRow
from importers.screens.presenters import choices, rows_left
from importers.screens.running import running


class FileSerializer(serializers.Serializer[Any]):
    """A file as it was sent."""

    name = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")


class ChangesSerializer(serializers.Serializer[Any]):
    """How many rows a commit would add, change, leave alone, and how many the file does not have."""

    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    same = serializers.IntegerField()
    missing = serializers.IntegerField()


class ReportSerializer(serializers.Serializer[Any]):
    """The verdict: the very object that the command line prints, its two lists left to addresses of their own."""

    verdict = serializers.ChoiceField(Verdict.choices)
    sha256 = serializers.CharField(allow_blank=True)
    sheets = serializers.ListField(child=serializers.CharField())
    rows = serializers.IntegerField()
    changes = ChangesSerializer()
    committed = serializers.BooleanField()


class ListCountsSerializer(serializers.Serializer[Any]):
    """How long the lists are."""

    errors = serializers.IntegerField()  # type: ignore[assignment]
    warnings = serializers.IntegerField()
    notes = serializers.IntegerField()


class ImportSerializer(RowSerializer):
    """One upload of one file for one agency."""

    id = serializers.UUIDField()
    url = serializers.URLField(help_text="Permanent address; the one to poll.")
    kind = serializers.ChoiceField(KIND_CHOICES)
    period = serializers.CharField(allow_null=True, help_text="`2026-07`, `2026-Q3`, `2026-H1` or `2026`; of results.")
    agency = AgencyReferenceSerializer()
    state = serializers.ChoiceField(BatchState.choices)
    file = FileSerializer()
    uploaded_by = serializers.CharField()
    on_behalf = serializers.BooleanField(help_text="Sent for the agency by somebody from outside it.")
    uploaded_at = serializers.DateTimeField()
    checked_at = serializers.DateTimeField(allow_null=True, help_text="Send it as `seen` with a commit.")
    committed_at = serializers.DateTimeField(allow_null=True)
    undone_at = serializers.DateTimeField(allow_null=True)
    layout = serializers.CharField(allow_blank=True, help_text="Which layout the file was recognised to have.")
    base = VersionReferenceSerializer(allow_null=True, help_text="The version that the file was compared with.")
    committed_to = VersionReferenceSerializer(allow_null=True)
    missing = serializers.ChoiceField(
        MissingItems.choices, allow_null=True, help_text="What the commit did with what the file does not have."
    )
    report = ReportSerializer(allow_null=True, help_text="The verdict; null while the file is being checked.")
    counts = ListCountsSerializer()

    def row(self, links: Links, row: ImportBatch) -> dict[str, Any]:
        """Return one upload; agency, sender and versions come with the query."""
        code, target = row.agency.code, kind_of(row).target_of(row)
        return {
            "id": row.pk,
            "url": links.import_(row.pk),
            "kind": row.kind,
            "period": row.period or None,
            "agency": {"code": code, "name": row.agency.name, "url": links.agency(code)},
            "state": row.state,
            "file": {"name": row.file_name, "size": row.size},
            "uploaded_by": str(row.by),
            "on_behalf": row.on_behalf,
            "uploaded_at": row.at,
            "checked_at": row.checked_at,
            "committed_at": row.committed_at,
            "undone_at": row.undone_at,
            "layout": row.layout,
            "base": _version(links, code, target.base),
            "committed_to": _version(links, code, target.written),
            "missing": row.missing or None,
            "report": None if row.state == BatchState.CHECKING else summary(row),
            "counts": {"errors": row.error_count, "warnings": row.warning_count, "notes": row.note_count},
        }


def _version(links: Links, agency: str, version: Any) -> dict[str, Any] | None:
    """Return a version of a catalog; other kinds are compared with what has no address."""
    if not isinstance(version, CatalogVersion):
        return None
    return {"number": version.number, "url": links.version(agency, version.number)}


class PartsSerializer(serializers.Serializer[Any]):
    """Where the lists and the files of an upload are."""

    errors = serializers.URLField()  # type: ignore[assignment]
    warnings = serializers.URLField()
    notes = serializers.URLField()
    rows = serializers.URLField()
    corrections = serializers.URLField()
    columns = serializers.URLField(help_text="Which column of the file is which.")
    undo = serializers.URLField(help_text="What taking it back would do.")
    original = serializers.URLField(allow_null=True, help_text="The bytes as they came, while they are kept.")
    marked = serializers.URLField(allow_null=True, help_text="The file with its bad cells marked, where it was read.")


class ProgressSerializer(serializers.Serializer[Any]):
    """What is being done with the file, and how much of it is behind."""

    sentence = serializers.CharField()
    percent = serializers.IntegerField(allow_null=True, help_text="Nobody knows it of what is written in one go.")


class ChoicesSerializer(serializers.Serializer[Any]):
    """What you may do with the upload now."""

    commit = serializers.BooleanField()
    abandon = serializers.BooleanField()
    check_again = serializers.BooleanField()
    correct = serializers.BooleanField()
    undo = serializers.BooleanField()


class KeptSerializer(serializers.Serializer[Any]):
    """A row that an undo leaves as it is, and why."""

    code = serializers.CharField()
    name = serializers.CharField()
    why = serializers.CharField()


class UndoneSerializer(serializers.Serializer[Any]):
    """What an undo did."""

    removed = serializers.IntegerField(help_text="New rows that went again.")
    restored = serializers.IntegerField(help_text="Changed rows that say again what they said.")
    returned = serializers.IntegerField(help_text="Removed rows that came back.")
    kept_count = serializers.IntegerField(help_text="Rows left alone because somebody has edited them since.")
    kept = KeptSerializer(many=True, help_text=f"The first {MOST_NAMED} of them.")


class ImportDetailSerializer(ImportSerializer):
    """An upload with what you may do with it now."""

    progress = ProgressSerializer(allow_null=True, help_text="How far the check or the writing has come; else null.")
    write_refusal = serializers.CharField(allow_blank=True, help_text="Why a task could not write it.")
    parts = PartsSerializer()
    may = ChoicesSerializer()
    hindrance = serializers.CharField(allow_blank=True, help_text="Why it cannot be committed just now.")
    undone = UndoneSerializer(allow_null=True)

    def row(self, links: Links, row: ImportBatch) -> dict[str, Any]:
        """Return one upload."""
        url = links.import_(row.pk)
        lists = ("errors", "warnings", "notes", "rows", "corrections", "columns", "undo")
        files = {"original": bool(row.original), "marked": row.has_cells}
        parts = {name: f"{url}{name}/" for name in lists}
        may = choices(self.context["request"].user, row)
        names = ("commit", "abandon", "check_again", "correct", "undo")
        return super().row(links, row) | {
            "parts": parts | {name: f"{url}{name}/" if there else None for name, there in files.items()},
            "progress": _progress(row),
            "write_refusal": row.write_refusal,
            "may": {name: getattr(may, name) for name in names},
            "hindrance": may.blocking_reason,
            "undone": _undone(row),
        }


def _progress(batch: ImportBatch) -> dict[str, Any] | None:
    now = running(batch)
    return None if now is None else {"sentence": now.sentence, "percent": now.percent}


def _undone(batch: ImportBatch) -> dict[str, Any] | None:
    if not batch.undo_result:
        return None
    numbers = ("removed", "restored", "returned", "kept_count")
    return {name: batch.undo_result[name] for name in numbers} | {"kept": [_kept(row) for row in rows_left(batch)]}


def _kept(row: LeftRow) -> dict[str, Any]:
    return {"code": row.code, "name": row.name, "why": str(row.why)}


class UndoPlanSerializer(RowSerializer):
    """What an undo would do now. ``edition`` may be sent with the undo, so that nothing goes unseen."""

    refusal = serializers.CharField(allow_blank=True, help_text="Why it cannot be taken back; empty when it can.")
    edition = serializers.IntegerField()
    removed = serializers.IntegerField()
    restored = serializers.IntegerField()
    returned = serializers.IntegerField()
    kept_count = serializers.IntegerField()
    kept = KeptSerializer(many=True, help_text=f"The first {MOST_NAMED} of them.")

    def row(self, links: Links, row: UndoPlan) -> dict[str, Any]:
        """Return the plan."""
        return {
            "refusal": str(row.refusal),
            "edition": row.edition,
            "removed": row.removed,
            "restored": row.restored,
            "returned": row.returned,
            "kept_count": len(row.left),
            "kept": [_kept(kept) for kept in row.left[:MOST_NAMED]],
        }


class ImportProblemSerializer(RowSerializer):
    """One error, warning or note, named as an Excel user finds it: the object that the command line prints."""

    sheet = serializers.CharField(allow_blank=True)
    column = serializers.CharField(allow_blank=True, help_text="Header of the column; its letter where it has none.")
    value = serializers.CharField(allow_blank=True)
    code = serializers.CharField(help_text="Stable name of the rule.")
    message = serializers.CharField(help_text="What is wrong and how to mend it.")

    def get_fields(self) -> dict[str, Any]:
        """Return the fields; ``row`` is the name of a method here."""
        fields = super().get_fields()
        fields["row"] = serializers.IntegerField(help_text="As Excel counts; 0 where the whole sheet is meant.")
        return fields

    def row(self, links: Links, row: ImportProblem) -> dict[str, Any]:
        """Return one problem."""
        return problem_json(row)


class ImportRowSerializer(RowSerializer):
    """One row of the preview."""

    change = serializers.ChoiceField(RowClass.choices)
    sheet = serializers.CharField(allow_blank=True)
    identity = serializers.UUIDField(allow_null=True, help_text="Of the item: the same in every version with it.")
    values = serializers.DictField(help_text="By field; decimals are text.")
    changes = serializers.DictField(
        child=serializers.ListField(min_length=2, max_length=2), help_text="Of a changed row: [before, after] by field."
    )

    def get_fields(self) -> dict[str, Any]:
        """Return the fields; ``row`` is the name of a method here."""
        fields = super().get_fields()
        fields["row"] = serializers.IntegerField(allow_null=True, help_text="As Excel counts; null for missing ones.")
        return fields

    def row(self, links: Links, row: ImportRow) -> dict[str, Any]:
        """Return one row; fields are named as everywhere in the API."""
        serialized = row_json(row, self.context["view"].showing)
        return serialized | {name: _api_names(serialized[name]) for name in ("values", "changes")}


def _api_names(by_field: dict[str, Any]) -> dict[str, Any]:
    return {API_NAMES.get(name, name): value for name, value in by_field.items()}


class CorrectionSerializer(RowSerializer):
    """A cell that was mended, beside what the file holds."""

    sheet = serializers.CharField()
    column = serializers.CharField()
    original = serializers.CharField(allow_blank=True)
    value = serializers.CharField(allow_blank=True)
    by = serializers.CharField()
    at = serializers.DateTimeField()

    def get_fields(self) -> dict[str, Any]:
        """Return the fields; ``row`` is the name of a method here."""
        fields = super().get_fields()
        fields["row"] = serializers.IntegerField()
        return fields

    def row(self, links: Links, row: ImportCorrection) -> dict[str, Any]:
        """Return one correction."""
        place = {"sheet": row.sheet, "row": row.row, "column": row.column}
        return place | {"original": row.original, "value": row.value, "by": str(row.by), "at": row.at}
