"""Which column of a file is which, and what an agency's headings are remembered to stand for."""

from __future__ import annotations

from functools import cached_property
from typing import Any, get_args

from django.utils.translation import gettext as _
from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import AgencyReferenceSerializer, RowSerializer, StrictSerializer
from api.v1.serializers.fields import TextField
from api.v1.serializers.items import API_NAMES, COLUMN_NAMES
from importers.actions.mapping import MOST_REMEMBERED
from importers.checking.columns import IGNORED, Layout
from importers.checking.headers import column_letter
from importers.checking.proposals import Certainty, Proposal
from importers.kinds import KIND_CHOICES, KINDS
from importers.mappings.models import LONGEST_HEADING, ColumnMapping
from importers.mappings.table import FileTable, every_column

LONGEST_KEY = 64
_READ_AS = "Key of the column that it stands for; null where it is not to be read."


def api_key(key: str) -> str | None:
    """Return the key of a column as the API calls it; None for one that is not read."""
    return None if key in ("", IGNORED) else API_NAMES.get(key, key)


def keys_of(layouts: tuple[Layout, ...]) -> set[str | None]:
    """Return the keys of the columns of layouts, as the API calls them."""
    return {api_key(column.key) for column in every_column(layouts)}


def read_key(name: str | None) -> str:
    """Return the key of a column that the API calls so; IGNORED for None."""
    return IGNORED if name is None else COLUMN_NAMES.get(name, name)


class FileColumnSerializer(serializers.Serializer[Any]):
    """A column of the file, and what it is taken for."""

    letter = serializers.CharField(help_text="As Excel names it.")
    heading = serializers.CharField()
    samples = serializers.ListField(child=serializers.CharField(), help_text="The first few texts below it.")
    column = serializers.CharField(allow_null=True, help_text="Key of the column that is proposed; null for none.")
    certainty = serializers.ChoiceField(
        [(word, word) for word in get_args(Certainty)],
        help_text="`known` and `matched` are settled; the others are proposals, and nothing is read by them yet.",
    )  # fmt: skip
    open = serializers.BooleanField(help_text="Whether it may be matched; not where another has the same heading.")


class OurColumnSerializer(serializers.Serializer[Any]):
    """A column that the platform reads."""

    key = serializers.CharField()
    heading = serializers.CharField()

    def get_fields(self) -> dict[str, Any]:
        """Return the fields; one of them has a name that serializers keep for themselves."""
        needed = serializers.BooleanField(help_text="Whether the file needs it.")
        return super().get_fields() | {"required": needed}


class FileColumnsSerializer(RowSerializer):
    """The table of one sheet of the file."""

    sheet = serializers.CharField()
    sheets = serializers.ListField(child=serializers.CharField(), help_text="Those that `sheet` may name.")
    header = serializers.ListField(
        child=serializers.IntegerField(), min_length=2, max_length=2,
        help_text="First and last row of the header, as Excel counts.",
    )  # fmt: skip
    rows = serializers.ListField(child=serializers.IntegerField(), help_text="Those that `row` may name as the header.")
    columns = FileColumnSerializer(many=True)
    reads = OurColumnSerializer(many=True, help_text="What a column may stand for.")
    missing = serializers.ListField(
        child=serializers.CharField(), help_text="Keys of needed columns that nothing settled stands for yet."
    )

    def row(self, links: Links, row: FileTable) -> dict[str, Any]:
        """Return the table."""
        needed, others = row.columns_of_ours()
        may_choose = {proposal.column.number for proposal in row.open_columns}
        return {
            "sheet": row.proposed.sheet,
            "sheets": row.sheets,
            "header": [row.proposed.first_row, row.proposed.last_row],
            "rows": row.rows,
            "columns": [_column(each, each.column.number in may_choose) for each in row.proposed.columns],
            "reads": [
                {"key": api_key(column.key), "heading": str(column.header), "required": column in needed}
                for column in (*needed, *others)
            ],
            "missing": [api_key(column.key) for column in row.unsettled()],
        }


def _column(proposal: Proposal, may_choose: bool) -> dict[str, Any]:
    column = proposal.column
    return {
        "letter": column_letter(column.number),
        "heading": column.heading,
        "samples": list(column.samples),
        "column": api_key(proposal.key),
        "certainty": proposal.certainty,
        "open": may_choose,
    }


class MatchSerializer(StrictSerializer):
    """Which column of the file is which."""

    sheet = serializers.CharField(
        max_length=255, required=False, allow_blank=True, default="", trim_whitespace=False,
        help_text="As `GET` names it; without it the one that fits best.",
    )  # fmt: skip
    row = serializers.IntegerField(
        min_value=1, max_value=99_999, required=False, help_text="Row of the header, where it was not found by itself."
    )
    columns = serializers.DictField(
        child=TextField(max_length=LONGEST_KEY, allow_null=True), allow_empty=False,
        help_text="By heading: the key of the column that it stands for, or null not to read it. "
        "What is settled stays; what is left out is not read and not remembered.",
    )  # fmt: skip

    def validate_columns(self, value: dict[str, str | None]) -> dict[str, str | None]:
        """Refuse more headings than are remembered for an agency."""
        if len(value) > MOST_REMEMBERED:
            raise serializers.ValidationError(_("These are more headings than a file has."), code="too_many")
        return value


class MappingSerializer(RowSerializer):
    """A heading of an agency's files, and what it is remembered to stand for."""

    id = serializers.IntegerField()
    agency = AgencyReferenceSerializer()
    kind = serializers.ChoiceField(KIND_CHOICES)
    heading = serializers.CharField(max_length=LONGEST_HEADING)
    column = serializers.CharField(allow_null=True, help_text=_READ_AS)
    is_there = serializers.BooleanField(help_text="Whether the platform still has such a column.")
    at = serializers.DateTimeField(help_text="When it was matched.")

    def row(self, links: Links, row: ColumnMapping) -> dict[str, Any]:
        """Return the mapping; its agency comes with the query."""
        code, key = row.agency.code, api_key(row.column)
        return {
            "id": row.pk,
            "agency": {"code": code, "name": row.agency.name, "url": links.agency(code)},
            "kind": row.kind,
            "heading": row.header,
            "column": key,
            "is_there": key is None or key in self._keys[row.kind],
            "at": row.at,
        }

    @cached_property
    def _keys(self) -> dict[str, set[str | None]]:
        """The keys of each kind, asked for once for all rows: the province's own columns come from the database."""
        return {code: keys_of(kind.layouts()) for code, kind in KINDS.items()}


class ReadAsSerializer(StrictSerializer):
    """What a heading stands for from now on."""

    column = TextField(max_length=LONGEST_KEY, allow_null=True, help_text=_READ_AS)
