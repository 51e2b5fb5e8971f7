"""Alike works: what given texts are like, and the editors' queue with its judgements."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.acts import KEY, ActView
from api.authentication import InScope, SignedInToWrite
from api.clients.models import Scope
from api.pagination import TOP_KEY, TOP_TIME, Ordering, whole_number
from api.v1.filters.curation import ClusterFilters, JudgementFilters
from api.v1.links import Links
from api.v1.serializers import curation as shapes
from api.v1.serializers.import_requests import NothingSerializer
from api.views import DetailView, ListView
from cms.core import slots
from cms.curation import actions
from cms.curation.asking import uses_alike, work_of_values
from cms.curation.enums import Verdict
from cms.curation.models import Cluster, Judgement
from cms.curation.queue import first_names, names_judged, show_cluster

_MOST_PAGES = 100_000
PAGE = OpenApiParameter(
    "page", {"type": "integer", "minimum": 1, "maximum": _MOST_PAGES, "default": 1}, description="Page of the texts."
)


class StillReading(APIException):
    """What is known is still being read into the memory of the process."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "still_reading"
    default_detail = _("The works of all lists are still being read. Ask again in a moment.")
    wait = slots.RETRY_AFTER


class CurationView(ActView):
    """An address about alike works."""

    scope = Scope.CURATION_READ
    writing_scope = Scope.CURATION_WRITE
    permission_classes = [InScope, IsAuthenticated]
    queryset: QuerySet[Any] = Cluster.objects.none()


@extend_schema(tags=["curation"])
class LikenessOfTexts(CurationView):
    """What works are like."""

    http_method_names = ["post", "options"]
    writing_scope = Scope.CURATION_READ
    permission_classes = [InScope, SignedInToWrite]

    @extend_schema(
        operation_id="likeness", parameters=[], request=shapes.LikenessAskedSerializer,
        responses={200: shapes.LikenessAnswerSerializer},
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask what up to 100 works are like in the lists in effect: the agency's own, the common list, and others'.

        Nothing is stored. Only what holds today is named, with its coefficient, and why it is taken for the same work;
        what editors judged different is left out.
        """
        body = self.sent(shapes.LikenessAskedSerializer)
        works = [work_of_values(each) for each in body["works"]]
        found = uses_alike(works, None)
        if found is None:
            raise StillReading
        links, own = Links(request), body.get("agency", "")
        results = [shapes.likeness_of(links, sent, each, own) for sent, each in zip(body["works"], found, strict=True)]
        return Response({"results": results})


def _with_names(clusters: list[Cluster], user: Any) -> list[Cluster]:
    names = first_names([each.pk for each in clusters], user)
    for each in clusters:
        vars(each)["names"] = names.get(each.pk, [])
    return clusters


@extend_schema_view(get=extend_schema(tags=["curation"], operation_id="clusters_list"))
class ClusterList(CurationView, ListView):
    """Clusters of alike works within your reach, those of most agencies first; empty for who does not appraise."""

    http_method_names = ["get", "head", "options"]
    serializer_class = shapes.ClusterSerializer
    filterset_class = ClusterFilters
    orderings = {
        "-agencies": Ordering(("catalogs", "score", "pk"), top=(2**31 - 1, "9.9999", TOP_KEY)), "id": Ordering(("pk",)),
    }  # fmt: skip

    def get_queryset(self) -> QuerySet[Cluster]:
        """Return them."""
        return Cluster.objects.visible_to(self.request.user).select_related("taken_by")

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the page, each with its first names."""
        return _with_names(super().paginate_queryset(queryset) or [], self.request.user)


class OneCluster(CurationView):
    """An address about one cluster, which the caller may judge, or it is Http404."""

    @cached_property
    def cluster(self) -> Cluster:
        """Return the cluster that the address names."""
        found = Cluster.objects.visible_to(self.request.user).select_related("taken_by")
        return get_object_or_404(found, pk=self.kwargs["cluster"])


@extend_schema_view(get=extend_schema(tags=["curation"], operation_id="clusters_retrieve", parameters=[PAGE]))
class ClusterDetail(OneCluster, DetailView):
    """One cluster: its texts side by side, who says them, why they are alike, and what was judged of them before."""

    http_method_names = ["get", "head", "options"]
    serializer_class = shapes.ClusterDetailSerializer

    @property
    def known_parameters(self) -> frozenset[str]:
        """Return the query parameters that this address takes."""
        return super().known_parameters | {"page"}

    def get_object(self) -> Cluster:
        """Return it, with the page of its texts that is asked for."""
        (cluster,) = _with_names([self.cluster], self.request.user)
        page = whole_number(self.request, "page", 1, lowest=1, highest=_MOST_PAGES)
        vars(cluster)["shown"] = show_cluster(cluster, self.request.user, page)
        return cluster


class ClusterAct(OneCluster):
    """Something that is done with one cluster, under the rules of the screens."""

    http_method_names = ["post", "options"]
    permission_classes = [InScope, SignedInToWrite]

    def carried_out(self, body_class: Any, act: Callable[[dict[str, Any]], Response]) -> HttpResponseBase:
        """Do it once for each key."""
        _found = self.cluster
        body = self.sent(body_class)
        return self.once(lambda: act(body), body)

    def as_it_is(self) -> Response:
        """Return the cluster as it now is."""
        cluster = Cluster.objects.select_related("taken_by").get(pk=self.cluster.pk)
        _with_names([cluster], self.person)
        context = self.get_serializer_context()
        return Response(shapes.ClusterSerializer(context=context).to_representation(cluster))


def _act(name: str, body: Any, answer: Any) -> Callable[[Any], Any]:
    return extend_schema(
        tags=["curation"], operation_id=name, parameters=[KEY], request=body, responses={200: answer}
    )  # fmt: skip


class ClusterTake(ClusterAct):
    """Taken."""

    @_act("clusters_take", shapes.TakeSerializer, shapes.ClusterSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take a cluster for fifteen minutes, in which nobody else judges it.

        What another editor has is refused (409 `held_by_other`), and taken over with a word to them (`because`).
        """
        return self.carried_out(shapes.TakeSerializer, self._taken)

    def _taken(self, body: dict[str, Any]) -> Response:
        actions.take(by=self.person, cluster=self.cluster, **body)
        return self.as_it_is()


class ClusterRelease(ClusterAct):
    """Released."""

    @_act("clusters_release", None, shapes.ClusterSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Give a cluster back; nothing changes where you do not have it."""
        return self.carried_out(NothingSerializer, self._released)

    def _released(self, body: dict[str, Any]) -> Response:
        actions.release(by=self.person, cluster=self.cluster)
        return self.as_it_is()


def _whole_judgements(user: Any) -> QuerySet[Judgement]:
    judgements = Judgement.objects.visible_to(user).annotate(pairs=Count("judged"))
    return judgements.select_related("by", "undone_by")


def _with_names_judged(judgements: list[Any], user: Any) -> list[Any]:
    names = names_judged([each.pk for each in judgements], user)
    for each in judgements:
        vars(each)["names"] = [name for name in names.get(each.pk, ()) if name]
    return judgements


def _judgement_answer(view: ActView, judgement: Judgement) -> Response:
    found = _with_names_judged(list(_whole_judgements(view.person).filter(pk=judgement.pk)), view.person)
    context = view.get_serializer_context()
    return Response(shapes.JudgementSerializer(context=context).to_representation(found[0]))


class ClusterJudge(ClusterAct):
    """Judged."""

    @_act("clusters_judge", shapes.JudgeSerializer, shapes.JudgementSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Judge works of a cluster that wait: the same, rightly listed differently, different, or a common item.

        A judgement against an earlier edition is refused (409 `cluster_changed`), as is one over what another editor
        has (409 `held_by_other`). It is remembered while the texts hold, and can be undone.
        """
        return self.carried_out(shapes.JudgeSerializer, self._judged)

    def _judged(self, body: dict[str, Any]) -> Response:
        verdict = Verdict(body.pop("verdict"))
        return _judgement_answer(self, actions.judge(by=self.person, cluster=self.cluster, verdict=verdict, **body))


@extend_schema_view(get=extend_schema(tags=["curation"], operation_id="judgements_list"))
class JudgementList(CurationView, ListView):
    """Judgements of works within your reach, the latest first, undone ones too; empty for who does not appraise."""

    http_method_names = ["get", "head", "options"]
    queryset = Judgement.objects.none()
    serializer_class = shapes.JudgementSerializer
    filterset_class = JudgementFilters
    orderings = {"-at": Ordering(("at", "pk"), top=(TOP_TIME, TOP_KEY)), "at": Ordering(("at", "pk"))}

    def get_queryset(self) -> QuerySet[Judgement]:
        """Return them."""
        return _whole_judgements(self.request.user)

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the page, each with the names that it is about."""
        return _with_names_judged(super().paginate_queryset(queryset) or [], self.request.user)


class JudgementUndo(CurationView):
    """Undone."""

    http_method_names = ["post", "options"]
    permission_classes = [InScope, SignedInToWrite]
    queryset = Judgement.objects.none()

    @_act("judgements_undo", None, shapes.JudgementSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take a judgement back: its works wait again, and later judgements stand (409 where it was undone before)."""
        judgement = get_object_or_404(Judgement.objects.visible_to(self.person), pk=self.kwargs["judgement"])
        body = self.sent(NothingSerializer)

        def act() -> Response:
            return _judgement_answer(self, actions.undo(by=self.person, judgement=judgement))

        return self.once(act, body)
