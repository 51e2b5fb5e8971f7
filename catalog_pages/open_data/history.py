"""What agencies and added columns were at a moment: what they are, less what the ledger says was done since.

Catalog versions, frameworks and releases never change once published; these do, and the ledger remembers every change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, Model, OuterRef, Subquery
from django.db.models.functions import Length, Substr

from catalog_pages.open_data.dictionary import Bilingual, Field, FieldType
from catalog_pages.open_data.moments import Moment
from cms.audit.models import AuditEvent, AuditEventQuerySet
from cms.catalogs.enums import Audience
from cms.catalogs.extra import PREFIX
from cms.catalogs.models import ExtraColumn
from cms.organisations.models import Agency

_KINDS: dict[str, FieldType] = {
    "text": "string",
    "choice": "string",
    "number": "number",
    "yes_no": "boolean",
    "date": "date",
}
_CHUNK = 2000
# The fields of an agency that are open data.
AGENCY_FIELDS = ("code", "name", "kind", "block", "parent", "dissolved_on")
# Acts that write these fields or those of an added column into the ledger.
_ACTS = ("agency.add", "agency.edit", "agency.move", "column.add", "column.edit", "column.confirm")
# By the subject's key: its fields that have changed since, as they were; None for what was added since.
EarlierValues = dict[str, dict[str, Any] | None]


def earlier_values(model: type[Model], moment: Moment) -> EarlierValues:
    """Return the values that rows of this model had at a moment, where they have changed since."""
    values: EarlierValues = {}
    if not moment.is_final:
        return values
    since = AuditEvent.objects.about(model).done(*_ACTS).filter(at__gte=moment.until).order_by("-sequence")
    for key, action, before in since.values_list("subject_id", "action", "before").iterator(chunk_size=_CHUNK):
        if action.endswith(".add"):
            values[key] = None
        else:
            values[key] = (values.get(key) or {}) | before
    return values


def events_before(moment: Moment) -> AuditEventQuerySet:
    """Return what had been done to agencies and added columns at a moment."""
    kinds = [model._meta.label_lower for model in (Agency, ExtraColumn)]
    return AuditEvent.objects.done(*_ACTS).filter(subject_type__in=kinds, at__lt=moment.until)


def agencies(moment: Moment) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the agencies of a moment by code, each with its key and AGENCY_FIELDS."""
    earlier = earlier_values(Agency, moment)
    above = Agency.objects.filter(path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Agency.steplen))
    listed = Agency.objects.annotate(parent=Subquery(above.values("code")[:1], output_field=CharField()))
    for row in listed.order_by("code").values("pk", *AGENCY_FIELDS).iterator(chunk_size=_CHUNK):
        was = earlier.get(str(row["pk"]), {})
        if was is not None:
            yield row["pk"], {name: was.get(name, row[name]) for name in AGENCY_FIELDS}


def agency_names(moment: Moment) -> dict[int, tuple[str, str]]:
    """Return code and name of every agency of a moment, by its key: some hundred of them."""
    return {key: (agency["code"], agency["name"]) for key, agency in agencies(moment)}


def added_columns(moment: Moment) -> list[Field]:
    """Return the columns added by the province that everybody could see then, and may still see.

    What was taken from the public since is not handed out any more, whatever the day that is asked for.
    """
    earlier = earlier_values(ExtraColumn, moment)
    fields = []
    for column in ExtraColumn.objects.public().order_by("key"):
        was = earlier.get(str(column.pk), {})
        if was is not None and was.get("audience", Audience.EVERYONE) == Audience.EVERYONE:
            fields.append(_field(column, was))
    return fields


def _field(column: ExtraColumn, was: dict[str, Any]) -> Field:
    name, help_text = was.get("name", column.name), was.get("help_text", column.help_text)
    meaning = help_text or "Cột do tỉnh bổ sung."
    english = Bilingual(meaning, "Column added by the province.")
    return Field(f"{PREFIX}{column.key}", _KINDS[column.kind], Bilingual(name, name), english, width=24)
