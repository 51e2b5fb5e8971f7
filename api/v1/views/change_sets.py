"""Change sets: read with what they touch, gathered, closed, passed on, undone and released.

The decision itself is entered by people, with its signed document.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.acts import ActView, now_written
from api.authentication import InScope, SignedInToWrite
from api.clients.models import Scope
from api.pagination import TOP_KEY, Ordering
from api.preconditions import require_tag
from api.v1.filters.change_sets import ChangeSetFilters
from api.v1.serializers import change_sets as shapes
from api.v1.serializers.import_requests import NothingSerializer
from api.v1.views.proposals import act
from api.views import DetailView, ListView
from catalog_pages.change_sets import releasing
from cms.changesets import actions
from cms.changesets.errors import InvalidProposal
from cms.changesets.impact import impact_of
from cms.changesets.models import ChangeSet, Proposal

_PEOPLE = ("by", "closed_by", "appraised_by", "decision")


class SetView(ActView):
    """An address about change sets."""

    scope = Scope.PROPOSALS_READ
    writing_scope = Scope.PROPOSALS_WRITE
    permission_classes = [InScope, IsAuthenticated]
    queryset: QuerySet[Any] = ChangeSet.objects.none()

    def written(self, change_set: ChangeSet, code: int = status.HTTP_200_OK) -> Response:
        """Return a set as it now is, with its ETag."""
        found = ChangeSet.objects.select_related(*_PEOPLE).get(pk=change_set.pk)
        body = shapes.ChangeSetSerializer(context=self.get_serializer_context()).to_representation(found)
        return now_written(body, shapes.change_set_etag(found), code)


@extend_schema_view(get=extend_schema(tags=["change sets"], operation_id="change_sets_list"))
class ChangeSetList(SetView, ListView):
    """Change sets within your reach, the newest first; empty for who neither appraises nor decides."""

    http_method_names = ["get", "head", "options", "post"]
    serializer_class = shapes.ChangeSetSerializer
    filterset_class = ChangeSetFilters
    orderings = {"-id": Ordering(("pk",), top=(TOP_KEY,)), "id": Ordering(("pk",))}

    def get_queryset(self) -> QuerySet[ChangeSet]:
        """Return them."""
        return ChangeSet.objects.visible_to(self.request.user).select_related(*_PEOPLE)

    @act(
        "change sets", "change_sets_open", shapes.OpenSetSerializer, shapes.ChangeSetSerializer, 201, matches=False
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open a set that takes proposals; editors do."""
        body = self.sent(shapes.OpenSetSerializer)
        return self.once(
            lambda: self.written(actions.open_set(by=self.person, **body), status.HTTP_201_CREATED), body
        )  # fmt: skip


class OneSet(SetView):
    """An address about one set, which the caller may read, or it is Http404."""

    @cached_property
    def change_set(self) -> ChangeSet:
        """Return the set that the address names."""
        found = ChangeSet.objects.visible_to(self.request.user).select_related(*_PEOPLE)
        return get_object_or_404(found, pk=self.kwargs["change_set"])


@extend_schema_view(get=extend_schema(tags=["change sets"], operation_id="change_sets_retrieve"))
class ChangeSetDetail(OneSet, DetailView):
    """One set, with what it touches: lists, items, running work, evaluations in periods that are not locked."""

    http_method_names = ["get", "head", "options"]
    serializer_class = shapes.ChangeSetDetailSerializer
    has_etag = True

    def get_object(self) -> ChangeSet:
        """Return it, with what it touches."""
        vars(self.change_set)["impact"] = impact_of(self.change_set)
        self.etag = shapes.change_set_etag(self.change_set)
        return self.change_set


class SetAct(OneSet):
    """Something that is done with the set that If-Match names, under the rules of the screens."""

    http_method_names = ["post", "options"]
    permission_classes = [InScope, SignedInToWrite]

    def carried_out(
        self, body_class: Any, verb: Callable[..., Any], code: int = status.HTTP_200_OK
    ) -> HttpResponseBase:
        """Do it once for each key."""
        _found = self.change_set
        body = self.sent(body_class)

        def under_lock() -> Response:
            with transaction.atomic():
                change_set = ChangeSet.objects.select_for_update(of=("self",)).get(pk=self.change_set.pk)
                require_tag(self.request, shapes.change_set_etag(change_set))
                verb(by=self.person, change_set=change_set, **body)
                return self.written(change_set, code)

        return self.once(under_lock, body)


class SetGather(SetAct):
    """Gathered."""

    @act("change sets", "change_sets_gather", shapes.GatherSerializer, shapes.ChangeSetSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Put proposals that stand in no set into an open one: all of them, or none."""
        return self.carried_out(shapes.GatherSerializer, self._gathered)

    def _gathered(self, change_set: ChangeSet, proposals: list[int], **body: Any) -> int:
        chosen = list(Proposal.objects.visible_to(self.person).filter(pk__in=proposals).order_by("pk"))
        if len(chosen) != len(set(proposals)):
            raise InvalidProposal(_("Some of these proposals are not there."))
        return actions.gather(change_set=change_set, proposals=chosen, **body)


class SetClose(SetAct):
    """Closed."""

    @act("change sets", "change_sets_close", None, shapes.ChangeSetSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Close a set for appraisal; its agencies may answer until the decision."""
        return self.carried_out(NothingSerializer, actions.close_set)


class SetReopen(SetAct):
    """Opened again."""

    @act("change sets", "change_sets_reopen", shapes.WhySerializer, shapes.ChangeSetSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open a set again that is not decided; what was accepted is appraised again."""
        return self.carried_out(shapes.WhySerializer, actions.reopen_set)


class SetRemind(SetAct):
    """Reminded."""

    @act("change sets", "change_sets_remind", None, shapes.ChangeSetSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Remind the agencies that have not answered, once a day at most."""
        return self.carried_out(NothingSerializer, actions.remind_agencies)


class SetFinish(SetAct):
    """Passed on."""

    @act("change sets", "change_sets_finish", None, shapes.ChangeSetSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Pass a set on to the decision, once each proposal is accepted or refused."""
        return self.carried_out(NothingSerializer, actions.finish_appraisal)


class SetUndo(SetAct):
    """Undone."""

    @act("change sets", "change_sets_undo", shapes.WhySerializer, shapes.ChangeSetSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Undo the decision on a set before its day of effect; who entered it does. The number is free again."""
        return self.carried_out(shapes.WhySerializer, releasing.undo_decision)


class SetRelease(SetAct):
    """Released."""

    @act("change sets", "change_sets_release", shapes.ReleaseAskedSerializer, shapes.ChangeSetSerializer, 202)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Have a decided set released whose day has come: beside the request, all lists or none.

        202: read the set again; `state` is then `released`, or `stopped_because` says why not.
        """
        return self.carried_out(shapes.ReleaseAskedSerializer, releasing.ask_for_release, status.HTTP_202_ACCEPTED)
