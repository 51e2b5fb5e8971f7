"""Items of the province's common list, with the agencies' items that are the same work, as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.v1.links import Links
from api.v1.serializers.base import RowSerializer, decimal_field, text
from cms.catalogs.models import CatalogItem
from cms.curation.common import in_common_list
from cms.curation.enums import CommonState

_STATES = [(state.value, state.value) for state in (CommonState.IN_FORCE, CommonState.COMING)]


class CommonMemberSerializer(serializers.Serializer[Any]):
    """An agency's item that is the common item."""

    url = serializers.URLField(help_text="Permanent address.")
    agency = serializers.CharField(help_text="Code of the agency.")
    version = serializers.IntegerField(help_text="Number of the version that holds today.")
    identity = serializers.UUIDField(help_text="The same in every version that carries the item.")
    code = serializers.CharField()
    name = serializers.CharField()
    coefficient = decimal_field("How many standard units the item is worth in the agency's own list.", null=False)


class CommonItemSerializer(RowSerializer):
    """An item of the common list."""

    url = serializers.URLField(help_text="Permanent address.")
    identity = serializers.UUIDField(help_text="The same in every version that carries the item.")
    version = serializers.IntegerField(help_text="Number of the version of the common list.")
    state = serializers.ChoiceField(_STATES, help_text="Whether it holds today, or is to hold (`coming`).")
    code = serializers.CharField()
    name = serializers.CharField()
    coefficient = decimal_field("How many standard units the item is worth in the common list.", null=False)
    members = CommonMemberSerializer(many=True, help_text="Items that hold today and are linked to it, by agency.")

    def row(self, links: Links, row: Any) -> dict[str, Any]:
        """Return one common item; the context knows the ``members`` of the page by identity."""
        common = in_common_list([row])[0]
        members: list[CatalogItem] = self.context["members"].get(row.identity, [])
        return _item(links, row) | {"state": common.state.value, "members": [_member(links, each) for each in members]}


def _item(links: Links, row: CatalogItem) -> dict[str, Any]:
    version = row.version
    return {
        "url": links.item(version.catalog.agency.code, version.number, row.identity), "version": version.number,
        "identity": row.identity, "code": row.code, "name": row.name, "coefficient": text(row.coefficient),
    }  # fmt: skip


def _member(links: Links, row: CatalogItem) -> dict[str, Any]:
    return _item(links, row) | {"agency": row.version.catalog.agency.code}
