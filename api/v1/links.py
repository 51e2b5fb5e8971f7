"""Permanent addresses, written without asking the URL resolver for each of a hundred rows."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from rest_framework.request import Request


class Links:
    """Addresses as the caller reaches the API; where nobody asks, as the settings name the site."""

    def __init__(self, request: Request | None = None) -> None:
        path = reverse("api_v1:root")
        self.root = request.build_absolute_uri(path) if request else f"{settings.WAGTAILADMIN_BASE_URL}{path}"

    def agency(self, code: str) -> str:
        """Return the address of an agency."""
        return f"{self.root}agencies/{code}/"

    def catalog(self, agency: str) -> str:
        """Return the address of an agency's catalog."""
        return f"{self.root}catalogs/{agency}/"

    def version(self, agency: str, number: int) -> str:
        """Return the address of a version of an agency's catalog."""
        return f"{self.root}catalogs/{agency}/versions/{number}/"

    def item(self, agency: str, number: int, identity: uuid.UUID) -> str:
        """Return the address of an item in a version."""
        return f"{self.root}catalogs/{agency}/versions/{number}/items/{identity}/"

    def items_today(self, agency: str = "") -> str:
        """Return the address of the items that hold today, of all agencies or of one."""
        query = {"effective_on": timezone.localdate().isoformat()} | ({"agency": agency} if agency else {})
        return f"{self.root}items/?{urlencode(query)}"

    def import_(self, key: uuid.UUID | str) -> str:
        """Return the address of an upload."""
        return f"{self.root}imports/{key}/"

    def cluster(self, key: int) -> str:
        """Return the address of a cluster of alike works."""
        return f"{self.root}clusters/{key}/"

    def proposal(self, key: int) -> str:
        """Return the address of a proposal about an item."""
        return f"{self.root}proposals/{key}/"

    def proposals_of(self, change_set: int) -> str:
        """Return the address of the proposals of a change set."""
        return f"{self.root}proposals/?change_set={change_set}"

    def change_set(self, key: int) -> str:
        """Return the address of a change set."""
        return f"{self.root}change-sets/{key}/"

    def assignment(self, identity: uuid.UUID) -> str:
        """Return the address of a piece of work."""
        return f"{self.root}assignments/{identity}/"

    def evidence(self, work: uuid.UUID, identity: uuid.UUID) -> str:
        """Return the address of the file of a piece of evidence."""
        return f"{self.assignment(work)}evidence/{identity}/file/"

    def deliveries(self, webhook: int) -> str:
        """Return the address of what was sent to a webhook."""
        return f"{self.root}webhooks/{webhook}/deliveries/"

    def framework(self, code: str) -> str:
        """Return the address of a criteria framework."""
        return f"{self.root}frameworks/{code}/"

    def framework_version(self, code: str, number: int) -> str:
        """Return the address of a published version of a framework."""
        return f"{self.root}frameworks/{code}/versions/{number}/"

    def period(self, key: int) -> str:
        """Return the address of an evaluation period."""
        return f"{self.root}periods/{key}/"

    def evaluation(self, identity: uuid.UUID | str) -> str:
        """Return the address of an evaluation."""
        return f"{self.root}evaluations/{identity}/"

    def result(self, identity: uuid.UUID | str, number: int) -> str:
        """Return the address of a result of an evaluation."""
        return f"{self.root}results/{identity}/{number}/"

    def receipt(self, identity: uuid.UUID | str, number: int) -> str:
        """Return the address of the receipt of a result."""
        return f"{self.root}receipts/{identity}/{number}/"

    def release(self, number: int) -> str:
        """Return the address of a release of public figures."""
        return f"{self.root}transparency/releases/{number}/"

    def figure(self, number: int, code: str) -> str:
        """Return the address of one figure of a release."""
        return f"{self.root}transparency/releases/{number}/figures/{code}/"
