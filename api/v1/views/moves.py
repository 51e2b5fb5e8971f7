"""Acts that move a version on: submit, withdraw, return, accept, decide. The page's workflow moves with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from api.acts import KEY, NEW_ETAG
from api.preconditions import IF_MATCH
from api.v1.serializers.import_requests import NothingSerializer
from api.v1.serializers.version_requests import DecideSerializer, OpinionSerializer, ReturnSerializer
from api.v1.serializers.versions import VersionDetailSerializer
from api.v1.views.base import WritesVersion
from catalog_pages import actions
from catalog_pages.models import AgencyCatalogPage
from cms.catalogs import actions as catalog_actions
from cms.catalogs import permissions
from cms.catalogs.models import CatalogVersion


def documented(name: str, body_class: Any = None, more: Any = None) -> Callable[[Any], Any]:
    """Describe the POST of a move by what its view says of itself and by what is sent; ``more`` are other answers."""

    def decorate(view: Any) -> Any:
        schema = extend_schema(
            tags=["versions"], operation_id=f"versions_{name}", description=view.__doc__,
            parameters=[KEY, IF_MATCH, NEW_ETAG], request=body_class,
            responses={200: VersionDetailSerializer} | (more or {}),
        )  # fmt: skip
        return extend_schema_view(post=schema)(view)

    return decorate


class Move(WritesVersion):
    """An act by POST; a subclass says in ``move`` what is done with the page of the version."""

    http_method_names = ["post", "options"]
    body_class: ClassVar[Any] = NothingSerializer

    def allowed(self, version: CatalogVersion) -> bool:
        """Return whether the person may do it now; the action asks again."""
        raise NotImplementedError

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Move the version on."""
        return self.on_version(self.body_class, self._moved)

    def _moved(self, version: CatalogVersion, body: dict[str, Any]) -> Response:
        permissions.require(self.allowed(version))
        # The version is locked and open, so it is the one that the page's workflow is about.
        self.move(actions.page_of(version), body)
        return self.written(version)

    def move(self, page: AgencyCatalogPage, body: dict[str, Any]) -> None:
        """Do it."""
        raise NotImplementedError


@documented("submit")
class Submit(Move):
    """Hand the list in to be appraised. The agency's people do so, never a program.

    What the checks find against it stops it: 409 `checks_failed`, with the findings in `errors`.
    """

    def allowed(self, version: CatalogVersion) -> bool:
        """Return whether the person may do it now."""
        return permissions.can_submit(self.person, version)

    def move(self, page: AgencyCatalogPage, body: dict[str, Any]) -> None:
        """Submit."""
        actions.submit(by=self.person, page=page)


@documented("withdraw")
class Withdraw(Move):
    """Take the list back before it is accepted; whoever submitted it may."""

    def allowed(self, version: CatalogVersion) -> bool:
        """Return whether the person may do it now."""
        return permissions.can_withdraw(self.person, version)

    def move(self, page: AgencyCatalogPage, body: dict[str, Any]) -> None:
        """Take it back."""
        actions.withdraw(by=self.person, page=page)


@documented("return", ReturnSerializer, {204: None})
class Return(Move):
    """Send a submitted or accepted list back to its agency, which gets the reason and every remark.

    204 for a provincial approver, who reads no list that is with its agency.
    """

    body_class = ReturnSerializer

    def allowed(self, version: CatalogVersion) -> bool:
        """Return whether the person may do it now."""
        return permissions.can_remark(self.person, version)

    def move(self, page: AgencyCatalogPage, body: dict[str, Any]) -> None:
        """Send it back."""
        actions.return_to_agency(by=self.person, page=page, reason=body["reason"])


@documented("accept")
class Accept(Move):
    """Accept the submitted list; it then waits for the Chairman's decision. Nobody accepts their own work."""

    def allowed(self, version: CatalogVersion) -> bool:
        """Return whether the person may do it now."""
        return permissions.can_appraise(self.person, version)

    def move(self, page: AgencyCatalogPage, body: dict[str, Any]) -> None:
        """Accept."""
        actions.accept(by=self.person, page=page)


@documented("opinion", OpinionSerializer)
class Opinion(Move):
    """Say, for a body that is asked between acceptance and decision, what it found. The next one is asked then."""

    body_class = OpinionSerializer

    def allowed(self, version: CatalogVersion) -> bool:
        """Return whether the person may do it now."""
        return permissions.can_give_opinion(self.person, version)

    def move(self, page: AgencyCatalogPage, body: dict[str, Any]) -> None:
        """Give it."""
        version = page.catalog.versions.open().get()
        catalog_actions.give_opinion(by=self.person, version=version, words=body["words"])


@documented("decide", DecideSerializer)
class Decide(Move):
    """Enter the Chairman's decision: the version is frozen for ever, and public from its day of effect."""

    body_class = DecideSerializer

    def allowed(self, version: CatalogVersion) -> bool:
        """Return whether the person may do it now."""
        return permissions.can_decide(self.person, version)

    def move(self, page: AgencyCatalogPage, body: dict[str, Any]) -> None:
        """Decide."""
        actions.decide(by=self.person, page=page, **body)
