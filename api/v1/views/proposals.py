"""Proposals about items of decided lists: read, made, answered by their agency, appraised."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.acts import KEY, ActView, now_written
from api.authentication import InScope, SignedInToWrite
from api.clients.models import Scope
from api.pagination import TOP_KEY, Ordering
from api.preconditions import require_tag
from api.v1.filters.change_sets import ProposalFilters
from api.v1.item_values import ItemValues, sound_values
from api.v1.serializers import change_sets as shapes
from api.v1.serializers.import_requests import NothingSerializer
from api.views import DetailView, ListView
from cms.catalogs.models import Catalog, ExtraColumn
from cms.changesets import actions, permissions
from cms.changesets.enums import Answer, Outcome, ProposalKind
from cms.changesets.models import Proposal
from cms.changesets.standing import standing_item, troubles_of
from cms.organisations.access import access_for
from cms.users.enums import PARTIAL_ROLES

MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True,
    description="The ETag that reading it gave, or `*` for whatever it is now.",
)  # fmt: skip


def with_all(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Return proposals with all that an answer says of one."""
    return proposals.select_related("catalog__agency", "change_set", "by")


def act(tag: str, name: str, body: Any, answer: Any, code: int = 200, *, matches: bool = True) -> Callable[[Any], Any]:
    """Describe what is done by POST."""
    parameters = [KEY, MATCH] if matches else [KEY]
    return extend_schema(
        tags=[tag], operation_id=name, parameters=parameters, request=body, responses={code: answer}
    )  # fmt: skip


class ProposalView(ActView):
    """An address about proposals."""

    scope = Scope.PROPOSALS_READ
    writing_scope = Scope.PROPOSALS_WRITE
    permission_classes = [InScope, IsAuthenticated]
    queryset: QuerySet[Any] = Proposal.objects.none()

    def written(self, proposal: Proposal, code: int = status.HTTP_200_OK) -> Response:
        """Return a proposal as it now is, with its ETag."""
        found = with_all(Proposal.objects.visible_to(self.person)).filter(pk=proposal.pk).first()
        if found is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        body = shapes.ProposalSerializer(context=self.get_serializer_context()).to_representation(found)
        return now_written(body, shapes.proposal_etag(found), code)


@extend_schema_view(get=extend_schema(tags=["change sets"], operation_id="proposals_list"))
class ProposalList(ProposalView, ListView):
    """Proposals about lists of your agencies, and of those that you appraise or decide, the newest first."""

    http_method_names = ["get", "head", "options", "post"]
    # The body names the agency: one whose list is out of the caller's reach is 404, as in an address.
    is_about_what_is_sent = True
    serializer_class = shapes.ProposalSerializer
    filterset_class = ProposalFilters
    orderings = {"-id": Ordering(("pk",), top=(TOP_KEY,)), "id": Ordering(("pk",))}

    def get_queryset(self) -> QuerySet[Proposal]:
        """Return them."""
        return with_all(Proposal.objects.visible_to(self.request.user))

    @act(
        "change sets", "proposals_make", shapes.ProposeSerializer, shapes.ProposalSerializer, 201, matches=False
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Propose what is to become of an item: the agency's people and programs, and who appraises its list.

        The list stays as it is. A score follows another coefficient only if you send it.
        """
        body = self.sent(shapes.ProposeSerializer)
        return self.once(lambda: self._made(body), body)

    def _made(self, body: dict[str, Any]) -> Response:
        catalog = self._catalog(body.pop("agency"))
        permissions.require(permissions.can_propose(self.person, catalog))
        kind, values = ProposalKind(body.pop("kind")), body.pop("values", {})
        checked = self._checked(catalog, kind, body.get("identity"), values)
        made = actions.propose(by=self.person, catalog=catalog, kind=kind, values=checked, **body)
        return self.written(made, status.HTTP_201_CREATED)

    def _catalog(self, agency: str) -> Catalog:
        access = access_for(self.person)
        own = access.own_agencies().order_by().values("pk")
        reach = access.rows_over("agency", *PARTIAL_ROLES)
        catalogs = Catalog.objects.select_related("agency").filter(agency__code=agency)
        found = catalogs.filter(reach).first() or catalogs.filter(agency__in=own).first()
        if found is None:
            raise Http404
        return found

    def _checked(self, catalog: Catalog, kind: ProposalKind, identity: Any, values: dict[str, Any]) -> dict[str, Any]:
        last = catalog.versions.frozen().order_by("-number").first()
        if last is None or not (values or kind == ProposalKind.NEW):
            return {}
        columns = ExtraColumn.objects.in_use().seen_by(self.person, catalog.agency)
        checks = ItemValues(last.terms, columns)
        if kind == ProposalKind.NEW:
            return sound_values(checks.whole(values))
        item = standing_item(catalog, identity) if identity else None
        return sound_values(checks.part(values, item.extra if item else {}))


class OneProposal(ProposalView):
    """An address about one proposal, which the caller may read, or it is Http404."""

    @cached_property
    def proposal(self) -> Proposal:
        """Return the proposal that the address names."""
        found = with_all(Proposal.objects.visible_to(self.request.user))
        return get_object_or_404(found, pk=self.kwargs["proposal"])


@extend_schema_view(get=extend_schema(tags=["change sets"], operation_id="proposals_retrieve"))
class ProposalDetail(OneProposal, DetailView):
    """One proposal, with what stands against it as things are."""

    http_method_names = ["get", "head", "options"]
    serializer_class = shapes.ProposalDetailSerializer
    has_etag = True

    def get_object(self) -> Proposal:
        """Return it, with what stands against it."""
        proposal = self.proposal
        is_over = proposal.outcome == Outcome.REFUSED or proposal.was_released
        vars(proposal)["troubles"] = [] if is_over else troubles_of([proposal]).get(proposal.pk, [])
        self.etag = shapes.proposal_etag(proposal)
        return proposal


class ProposalAct(OneProposal):
    """Something that is done with the proposal that If-Match names, under the rules of the screens."""

    http_method_names = ["post", "options"]
    permission_classes = [InScope, SignedInToWrite]

    def carried_out(self, body_class: Any, verb: Callable[..., Proposal], code: int = 200) -> HttpResponseBase:
        """Do it once for each key."""
        _found = self.proposal
        body = self.sent(body_class)

        def under_lock() -> Response:
            with transaction.atomic():
                rows = Proposal.objects.select_for_update(of=("self",)).select_related("change_set")
                proposal = rows.get(pk=self.proposal.pk)
                require_tag(self.request, shapes.proposal_etag(proposal))
                return self.written(verb(by=self.person, proposal=proposal, **body), code)

        return self.once(under_lock, body)


class ProposalAnswer(ProposalAct):
    """Answered."""

    @act("change sets", "proposals_answer", shapes.AnswerSerializer, shapes.ProposalSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer for the agency: its people do, never a program. It may answer otherwise until the decision."""
        return self.carried_out(shapes.AnswerSerializer, self._answered)

    def _answered(self, answer: str, **body: Any) -> Proposal:
        return actions.answer_proposal(answer=Answer(answer), **body)


class ProposalJudge(ProposalAct):
    """Appraised."""

    @act("change sets", "proposals_judge", shapes.OutcomeSerializer, shapes.ProposalSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Accept a proposal of a closed set, or refuse it with a reason; nobody judges their own.

        What cannot be carried out as things are cannot be accepted (409 `proposal_overtaken`).
        """
        return self.carried_out(shapes.OutcomeSerializer, self._judged)

    def _judged(self, outcome: str, **body: Any) -> Proposal:
        return actions.judge_proposal(outcome=Outcome(outcome), **body)


class ProposalTakeOut(ProposalAct):
    """Taken out."""

    @act("change sets", "proposals_take_out", None, shapes.ProposalSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take a proposal out of an open set; its answer stays."""
        return self.carried_out(NothingSerializer, actions.take_out)


class ProposalAgain(ProposalAct):
    """Proposed again."""

    @act("change sets", "proposals_again", shapes.WhySerializer, shapes.ProposalSerializer, 201)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Propose anew what was refused or left out; of a merge that was released, bring back the item that went."""
        return self.carried_out(shapes.WhySerializer, self._again, status.HTTP_201_CREATED)

    def _again(self, proposal: Proposal, **body: Any) -> Proposal:
        if proposal.can_be_parted:
            return actions.propose_parting(merge=proposal, **body)
        return actions.propose_again(proposal=proposal, **body)
