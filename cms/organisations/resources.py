"""The list of agencies as a table, out and in, by django-import-export.

The resource only reads, checks and compares; ``actions.write_agency_rows`` writes, so that history and audit exist.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import ModelResource
from import_export.results import RowResult
from tablib import Dataset

from cms.core.dates import format_date_vi
from cms.organisations.actions import AgencyRow
from cms.organisations.enums import AgencyKind, Block
from cms.organisations.identifier_codes import clean_code, form_of
from cms.organisations.models import Agency, AgencyCode
from cms.organisations.widgets import ChoiceWidget, CodesWidget, DayWidget, TextWidget
from cms.organisations.workbooks import SheetRow, read_rows, write_rows

# Column names are part of the file's format: they do not follow the language of anybody's screen.
CODE, PARENT, NAME, KIND, BLOCK, PREFIX, IDENTIFIERS, DISSOLVED = COLUMNS = (
    "Mã cơ quan",
    "Mã cơ quan cấp trên",
    "Tên cơ quan",
    "Loại",
    "Khối",
    "Tiền tố mã mục",
    "Mã định danh",
    "Ngày giải thể",
)
_FIELDS = ("name", "kind", "block", "item_prefix", "dissolved_on")


class SnapshotLoader(BaseInstanceLoader):
    """Finds agencies in what the resource read once."""

    def get_instance(self, row: dict[str, Any]) -> Agency | None:
        """Return the agency with the row's code, whatever its case."""
        found: Agency | None = self.resource.agencies.get(str(row[CODE]).casefold())
        return found


class AgencyResource(ModelResource):
    """One row an agency."""

    code = Field("code", CODE, widget=TextWidget())
    parent_code = Field("parent_code", PARENT, widget=TextWidget(blank=True))
    name = Field("name", NAME, widget=TextWidget())
    kind = Field("kind", KIND, widget=ChoiceWidget(AgencyKind))
    block = Field("block", BLOCK, widget=ChoiceWidget(Block))
    item_prefix = Field("item_prefix", PREFIX, widget=TextWidget())
    current_codes = Field("current_codes", IDENTIFIERS, widget=CodesWidget(), saves_null_values=False)
    dissolved_on = Field("dissolved_on", DISSOLVED, widget=DayWidget())

    class Meta:
        model = Agency
        fields = ("code", "parent_code", "name", "kind", "block", "item_prefix", "current_codes", "dissolved_on")
        import_id_fields = ("code",)
        instance_loader_class = SnapshotLoader
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        store_instance = True
        use_transactions = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.agencies = {agency.code.casefold(): agency for agency in agencies_with_codes()}
        self.holders = {code: agency.code for agency in self.agencies.values() for code in agency.current_codes}

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        """Note what the whole list says, which single rows are checked against."""
        rows = dataset.dict
        self.parents = {key: agency.parent_code.casefold() for key, agency in self.agencies.items()}
        self.parents |= {str(row[CODE]).casefold(): str(row[PARENT]).casefold() for row in rows}
        self.times: dict[str, int] = defaultdict(int)
        self.code_times: dict[str, int] = defaultdict(int)
        for row in rows:
            self.times[str(row[CODE]).casefold()] += 1
            for code in str(row[IDENTIFIERS]).split(";"):
                self.code_times[clean_code(code)] += 1
        self.remaining = self._remaining(rows)

    def init_instance(self, row: dict[str, Any] | None = None) -> Agency:
        """Return a new agency without anything."""
        agency = Agency()
        agency.parent_code, agency.current_codes = "", []
        return agency

    def import_instance(self, instance: Agency, row: dict[str, Any], **kwargs: Any) -> None:
        """Take the row over; the code and the parent's keep the case that they have, codes left out stay."""
        known, current = instance.code, instance.current_codes
        super().import_instance(instance, row, **kwargs)
        forms = {form_of(code) for code in instance.current_codes}
        instance.current_codes = sorted(
            [*instance.current_codes, *(code for code in current if form_of(code) not in forms)]
        )
        instance.code = known or instance.code
        parent = self.agencies.get(instance.parent_code.casefold())
        instance.parent_code = parent.code if parent else instance.parent_code

    def skip_row(self, instance: Agency, original: Agency, row: Any, import_validation_errors: Any = None) -> bool:
        """Return whether the row says what is known already, and says it once."""
        unique = self.times[instance.code.casefold()] == 1
        return unique and bool(super().skip_row(instance, original, row, import_validation_errors))

    def validate_instance(
        self, instance: Agency, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Raise one ValidationError that names every column that is wrong."""
        errors: dict[str, list[str]] = defaultdict(list)
        for name, found in (import_validation_errors or {}).items():
            errors[name] += found if isinstance(found, list) else found.messages
        try:
            instance.clean_fields(exclude={"path", "depth", "numchild", *errors})
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                errors[name] += messages
        for name, message in self._against_the_list(instance):
            errors[name].append(message)
        if errors:
            raise ValidationError({name: messages for name, messages in errors.items()})

    def save_instance(self, instance: Agency, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Write nothing: the actions do, after the preview."""

    def _against_the_list(self, agency: Agency) -> list[tuple[str, str]]:
        """Return (field, sentence) for what is wrong only in view of the other rows and of the tree."""
        key = agency.code.casefold()
        found = []
        if self.times[key] > 1:
            found.append(("code", _("The code stands in more than one row.")))
        found += [("parent_code", sentence) for sentence in [self._wrong_parent(agency)] if sentence]
        taken = [code for code in agency.current_codes if self._taken(code, agency.code)]
        if taken:
            found.append(("current_codes", _("Another agency holds %(codes)s.") % {"codes": ", ".join(taken)}))
        if agency.dissolved_on and self.remaining[key]:
            found.append(("dissolved_on", _("Agencies below it still exist. Move or dissolve them first.")))
        return found

    def _taken(self, code: str, agency_code: str) -> bool:
        return self.code_times[code] > 1 or self.holders.get(code, agency_code) != agency_code

    def _wrong_parent(self, agency: Agency) -> str:
        key, parent = agency.code.casefold(), agency.parent_code.casefold()
        if not parent:
            is_root = agency.depth == 1 if agency.pk else not self.agencies and agency.kind == AgencyKind.PROVINCE
            return "" if is_root else _("Only the province stands at the top; name the agency above.")
        if parent not in self.parents:
            return _("No agency has the code %(code)s, neither in the list nor in the tree.") % {"code": parent}
        above = self.agencies.get(parent)
        if above and above.dissolved_on and not (agency.pk and self._stays(agency, parent)):
            return _("%(agency)s has been dissolved; nothing is placed under it.") % {"agency": above}
        return _("The agencies above it lead back to itself.") if self._in_circle(key) else ""

    def _stays(self, agency: Agency, parent: str) -> bool:
        known = self.agencies[agency.code.casefold()]
        above = known.get_parent()
        return above is not None and above.code.casefold() == parent

    def _in_circle(self, key: str) -> bool:
        seen, above = {key}, self.parents.get(key, "")
        while above:
            if above in seen:
                return True
            seen.add(above)
            above = self.parents.get(above, "")
        return False

    def _remaining(self, rows: Sequence[dict[str, Any]]) -> dict[str, int]:
        """Return how many agencies still exist directly below each, once the list is taken over."""
        dissolved = {key: bool(agency.dissolved_on) for key, agency in self.agencies.items()}
        dissolved |= {str(row[CODE]).casefold(): row[DISSOLVED] != "" for row in rows}
        remaining: dict[str, int] = defaultdict(int)
        for key, parent in self.parents.items():
            remaining[parent] += not dissolved.get(key, False)
        return remaining


@dataclass(frozen=True)
class ListError:
    """What is wrong in one cell: its row in the sheet, its column's name, a sentence."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class AgencyChange:
    """One row that is new or changes something: (column, before, after) for each value that differs."""

    row: int
    is_new: bool
    code: str
    name: str
    values: list[tuple[str, str, str]]


@dataclass(frozen=True)
class ImportPlan:
    """What a list would do: errors that forbid it, changes, rows as they are, and the rows for the action."""

    errors: list[ListError]
    changes: list[AgencyChange]
    same: int
    rows: list[Any]

    @property
    def new_count(self) -> int:
        """Return how many agencies are added."""
        return sum(change.is_new for change in self.changes)

    @property
    def changed_count(self) -> int:
        """Return how many agencies are changed."""
        return len(self.changes) - self.new_count


def agencies_with_codes() -> list[Agency]:
    """Return all agencies in the order of the tree, each with ``parent_code`` and ``current_codes``; two queries."""
    codes: dict[int, list[str]] = defaultdict(list)
    current = AgencyCode.objects.filter(valid_to__isnull=True).order_by("value")
    for agency_id, value in current.values_list("agency_id", "value"):
        codes[agency_id].append(value)
    agencies = list(Agency.objects.all())
    by_path = {agency.path: agency.code for agency in agencies}
    for agency in agencies:
        agency.parent_code = by_path.get(agency.path[: -Agency.steplen], "")
        agency.current_codes = codes[agency.pk]
    return agencies


def export_agencies() -> bytes:
    """Return the whole list as a workbook, which plan_import takes back without a change."""
    resource = AgencyResource()
    table = resource.export(queryset=agencies_with_codes())
    choices = {KIND: ChoiceWidget(AgencyKind).labels(), BLOCK: ChoiceWidget(Block).labels()}
    return write_rows("Cơ quan", COLUMNS, ([row[name] for name in COLUMNS] for row in table.dict), choices)


def plan_import(content: bytes) -> ImportPlan:
    """Check a whole workbook and say what it would change; raises ``UnreadableList`` when it is no such list."""
    rows = read_rows(content, COLUMNS)
    dataset = Dataset(*([row.values[name] for name in COLUMNS] for row in rows), headers=list(COLUMNS))
    resource = AgencyResource()
    result = resource.import_data(dataset, dry_run=True, raise_errors=False)
    for failure in (*result.base_errors, *(error for row in result.error_rows for error in row.errors)):
        # Not a fault of the file: import-export would hide ours.
        raise failure.error
    return _plan(resource, rows, result)


def _plan(resource: AgencyResource, rows: list[SheetRow], result: Any) -> ImportPlan:
    columns = {name: field.column_name for name, field in resource.fields.items()}
    errors = [
        ListError(rows[invalid.number - 1].number, columns.get(name, ""), message)
        for invalid in result.invalid_rows
        for name, messages in invalid.error_dict.items()
        for message in messages
    ]
    changes, written = [], []
    for row, outcome in zip(rows, result.rows, strict=True):
        if outcome.import_type in (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE):
            changes.append(_agency_change(resource, row.number, outcome))
            written.append(_agency_row(outcome.instance))
    return ImportPlan(errors, changes, result.totals[RowResult.IMPORT_TYPE_SKIP], written)


def _agency_change(resource: AgencyResource, number: int, result: RowResult) -> AgencyChange:
    agency, is_new = result.instance, result.is_new()
    values = []
    for field in resource.get_import_fields():
        before = "" if is_new else _format(field.export(result.original))
        after = _format(field.export(agency))
        if before != after:
            values.append((field.column_name, before, after))
    return AgencyChange(number, is_new, agency.code, agency.name, values)


def _agency_row(agency: Agency) -> AgencyRow:
    fields = {name: getattr(agency, name) for name in _FIELDS}
    return AgencyRow(agency.code, agency.parent_code, fields, agency.current_codes)


def _format(value: Any) -> str:
    return value if isinstance(value, str) else format_date_vi(value) if value else ""
