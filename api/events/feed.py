"""Pages of events: oldest first, and always with an address from which to go on."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from api.events.reading import head_sequence
from api.pagination import GivenPages, Ordering, cursor_bound, read_page
from cms.audit.models import AuditEvent, AuditEventQuerySet
from cms.core.paging import BadCursor, Page

# Asks for the place after the last event: to follow what comes, from now on.
END = "end"
_BY_NUMBER = ("sequence",)
_ID = re.compile(r"evt_([0-9]{1,18})", re.ASCII)


class EventPages(GivenPages):
    """Pages by the numbers of the ledger, which are given in the order of commits: whoever walks on misses nothing."""

    parameter_names = frozenset({"after", "page_size"})

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return the events of the page; raises ValidationError or BadCursor."""
        # Before the rows: what is written meanwhile comes after the address that is given for going on.
        head = head_sequence()
        if _requested(request) > head:
            # The ledger went back to a backup: to wait until it comes as far again would miss all that it then says.
            raise BadCursor(_("This page address is incomplete. Start again from the first page."))
        page = self.read(partial(_read, queryset.filter(sequence__lte=head)), request)
        self.at_end = page.next is None
        if self.at_end:
            self.next_url = self._link("after", Ordering(_BY_NUMBER, top=(head,)).top_cursor)
        return page.rows

    def get_paginated_response(self, data: Any) -> Response:
        """Return the page, with the address from which to go on."""
        body = {"next": self.next_url, "at_end": self.at_end, "results": data}
        return Response(body, headers={"Link": f'<{self.next_url}>; rel="next"'})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the OpenAPI schema of the page."""
        go_on = "Address from which to go on: of the next page, or, at the end, of what comes later."
        at_end = "Whether no event comes after these now. Ask for `next` again in a while."
        return {
            "type": "object",
            "required": ["next", "at_end", "results"],
            "properties": {
                "next": {"type": "string", "format": "uri", "description": go_on},
                "at_end": {"type": "boolean", "description": at_end},
                "results": schema,
            },
        }

    def paging_parameters(self) -> list[dict[str, Any]]:
        """Return the entries of what chooses a page."""
        known = [entry for entry in super().paging_parameters() if entry["name"] in self.parameter_names]
        description = (
            "Cursor, as found in `next`; or the `id` of an event, for what comes after it; "
            f"or `{END}`, for the place after the last event."
        )
        return [entry | ({"description": description} if entry["name"] == "after" else {}) for entry in known]


def _requested(request: Request) -> int:
    """Return the number after which events are asked for, by cursor or by the id of an event; 0 for none."""
    by_id = _ID.fullmatch(request.query_params.get("after", ""))
    return int(by_id[1]) if by_id else cursor_bound(request).get("pk__gte", 0)


def _read(queryset: AuditEventQuerySet, size: int, after: str, before: str) -> Page[AuditEvent]:
    if after == END:
        return Page([], next=None, previous=None)
    if by_id := _ID.fullmatch(after):
        after = Ordering(_BY_NUMBER, top=(int(by_id[1]),)).top_cursor
    return read_page(queryset, Ordering(_BY_NUMBER), size, after, before)
