"""django-import-export writing the same workbook into the same table under the same rules, as a team would do it."""

from __future__ import annotations

import pathlib
from decimal import Decimal
from typing import Any

import tablib
from import_export import fields, resources, widgets
from import_export.formats.base_formats import XLSX
from import_export.instance_loaders import CachedInstanceLoader

from cms.catalogs.models import CatalogItem, CatalogVersion

HEADERS = {
    "code": "Mã sản phẩm/công việc", "task": "Tên nhiệm vụ", "name": "Công việc chi tiết",
    "output": "Sản phẩm/công việc đầu ra", "unit": "Đơn vị tính", "group": "Nhóm phức tạp (1-5)",
    "hours": "Thời gian chuẩn (giờ)", "score": "Điểm quy đổi", "coefficient": "Hệ số quy đổi", "field": "Lĩnh vực",
    "note": "Ghi chú",
}  # fmt: skip


class Text(widgets.CharWidget):
    """Text; blank only where it may be."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__()
        self.required = required

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = super().clean(value, row, **kwargs) or ""
        if self.required and not text.strip():
            raise ValueError("This must be filled in.")
        return text


class Number(widgets.DecimalWidget):
    """A number over 0 of 4 places; blank only where it may be."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__()
        self.required = required

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal | None:
        number = super().clean(format(value, ".15g") if isinstance(value, float) else value, row, **kwargs)
        if number is None:
            if self.required:
                raise ValueError("This must be filled in.")
            return None
        if number <= 0:
            raise ValueError("The number must be over 0.")
        return round(number, 4)


class Group(widgets.IntegerWidget):
    """One of five groups."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int:
        group = super().clean(value, row, **kwargs)
        if group not in range(1, 6):
            raise ValueError("The group must be a whole number from 1 to 5.")
        return group


def _field(name: str, widget: widgets.Widget) -> fields.Field:
    return fields.Field(attribute=name, column_name=HEADERS[name], widget=widget)


class Stock(resources.ModelResource):
    """The rules of a catalog, with everything else as it comes."""

    code = _field("code", Text(required=True))
    task = _field("task", Text(required=True))
    name = _field("name", Text())
    output = _field("output", Text(required=True))
    unit = _field("unit", Text(required=True))
    group = _field("group", Group())
    hours = _field("hours", Number())
    score = _field("score", Number())
    coefficient = _field("coefficient", Number(required=True))
    field = _field("field", Text())
    note = _field("note", Text())

    class Meta:
        model = CatalogItem
        fields = tuple(HEADERS)
        import_id_fields = ("code",)

    def __init__(self, version: CatalogVersion) -> None:
        super().__init__()
        self.version = version
        self.seen: set[str] = set()

    def get_queryset(self) -> Any:
        return self.version.items.all()

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        code = str(row[HEADERS["code"]]).upper()
        if code in self.seen:
            raise ValueError("The code stands twice.")
        self.seen.add(code)

    def before_save_instance(self, instance: CatalogItem, row: Any, **kwargs: Any) -> None:
        instance.version = self.version
        instance.position = kwargs["row_number"]
        if abs(instance.coefficient - (instance.score or 0) / self.version.divisor) > Decimal("0.05"):
            raise ValueError("The coefficient does not agree with the score.")
        instance.refresh_keys()


class Tuned(Stock):
    """The same with all that its manual has for speed."""

    class Meta(Stock.Meta):
        use_bulk = True
        skip_diff = True
        use_transactions = True
        batch_size = 1000
        instance_loader_class = CachedInstanceLoader

    def get_bulk_update_fields(self) -> list[str]:
        return [*HEADERS, "position", "code_key", "search_text"]


def preview_and_commit(resource: type[Stock], version: CatalogVersion, path: pathlib.Path) -> int:
    """Read and try the file, then read and write it, as the package's own admin does; return the rows written."""
    for dry_run in (True, False):
        dataset: tablib.Dataset = XLSX().create_dataset(path.read_bytes())
        result = resource(version).import_data(dataset, dry_run=dry_run, raise_errors=False, use_transactions=True)
        assert not result.has_errors() and not result.has_validation_errors(), result.row_errors()[:1]
    return len(dataset)
