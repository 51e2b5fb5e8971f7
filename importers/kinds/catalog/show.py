"""Items of a catalog as the preview shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.catalogs.extra import only
from cms.catalogs.models import ExtraColumn
from cms.catalogs.wording import FieldChange, ItemWords
from cms.organisations.models import Agency
from importers.enums import BatchState
from importers.kinds.catalog.target import target_of
from importers.kinds.contract import Heading, Link
from importers.models import ImportBatch

HEADINGS = (
    Heading(_("Code")), Heading(_("Product or work")), Heading(_("Output")), Heading(_("Unit")), Heading(_("Group")),
    Heading(_("Coefficient"), is_number=True),
)  # fmt: skip


class CatalogShowing:
    """Items as a person sees them; the added columns are read once for all rows."""

    headings = HEADINGS

    def __init__(self, reader: Any, agency: Agency) -> None:
        self._words = ItemWords(ExtraColumn.objects.seen_by(reader, agency))

    def cells(self, values: Mapping[str, Any]) -> Sequence[str]:
        """Return an item; a task that is not its own name, and added columns, stand on lines below the name."""
        quantity, unit = values.get("unit_quantity"), values.get("unit", "")
        name = [values["name"]] if values["task"] == values["name"] else [values["name"], values["task"]]
        added = [
            f"{heading}: {text}"
            for heading, text in self._words.optional(values) + self._words.filled(values.get("extra"))
        ]
        return (
            values["code"], "\n".join((*name, *added)), values["output"],
            f"{quantity} {unit}".strip() if quantity != 1 else unit,
            str(values["group"]), self._words.shown("coefficient", values["coefficient"]),
        )  # fmt: skip

    def changes(self, changes: Mapping[str, Any]) -> Sequence[FieldChange]:
        """Return the changes of fields that the person sees, as people write them."""
        return self._words.changes(changes)

    def seen(self, by_field: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields that the person sees, of added columns too."""
        seen = {name: value for name, value in by_field.items() if self._words.sees(name)}
        return seen | {"extra": only(seen["extra"], self._words.keys)} if "extra" in seen else seen


def compared_with(batch: ImportBatch) -> str:
    """Return the version in words."""
    version = target_of(batch).base
    if version is None:
        return gettext("nothing: the agency has no catalog yet")
    return gettext("version %(number)s (%(state)s)") % {"number": version.number, "state": version.get_state_display()}


def links(batch: ImportBatch) -> list[Link]:
    """Return the version that the upload was written into."""
    version = target_of(batch).written
    if version is None:
        return []
    is_undone = batch.state == BatchState.UNDONE
    label = gettext("Open version %(number)s") if is_undone else gettext("Open version %(number)s and submit it")
    return [Link(label % {"number": version.number}, reverse("catalogs:version", args=[version.pk]))]
