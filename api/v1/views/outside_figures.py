"""Figures from outside: listed, and sent by people and programs under the rules of the screens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.acts import KEY, ActView
from api.authentication import InScope, SignedInToWrite
from api.clients.models import Scope
from api.pagination import TOP_KEY, Ordering
from api.v1.filters.outside_figures import OutsideFigureFilters
from api.v1.serializers import outside_figures as shapes
from api.views import ListView
from cms.catalogs.actions import Fault
from cms.core.errors import NotAllowed
from cms.core.text import code_key
from cms.evaluations import actions
from cms.evaluations.models import Figure
from cms.evaluations.permissions import can_see_figures
from cms.organisations.access import access_for
from cms.organisations.actions import note_reads
from cms.organisations.enums import OfficerData
from cms.organisations.models import Agency, Officer
from cms.users.enums import Role


class OutsideFiguresView(ActView):
    """An address about figures from outside."""

    scope = Scope.FIGURES_READ
    writing_scope = Scope.FIGURES_WRITE
    permission_classes = [InScope, IsAuthenticated]
    queryset: QuerySet[Any] = Figure.objects.none()


@extend_schema_view(get=extend_schema(tags=["evaluations"], operation_id="outside_figures_list"))
class OutsideFigureList(OutsideFiguresView, ListView):
    """Figures of agencies and officers for which you act or which you appraise, withdrawn ones too; never your own."""

    http_method_names = ["get", "head", "options"]
    serializer_class = shapes.OutsideFigureSerializer
    filterset_class = OutsideFigureFilters
    orderings = {"id": Ordering(("pk",)), "-id": Ordering(("pk",), top=(TOP_KEY,))}

    def get_queryset(self) -> QuerySet[Any]:
        """Return them."""
        return Figure.objects.visible_to(self.request.user).select_related("agency", "officer")

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the page, and note whose figures it shows."""
        page = super().paginate_queryset(queryset) or []
        officers = [each.officer for each in page if each.officer is not None]
        note_reads(by=self.person, officers=officers, what=OfficerData.RESULT)
        return page


@extend_schema(tags=["evaluations"])
class OutsideFiguresBulk(OutsideFiguresView):
    """Many figures at once."""

    http_method_names = ["post", "options"]
    permission_classes = [InScope, SignedInToWrite]

    @extend_schema(
        operation_id="outside_figures_bulk", parameters=[KEY], request=shapes.OutsideFiguresBulkSerializer,
        responses={200: shapes.PutFiguresSerializer},
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send up to 1,000 figures, and be told what came of each.

        Which figure it is say indicator, agency or officer, and day: sent again it changes nothing, sent otherwise it
        takes the place of the one that stood. Those that are refused stand in nobody's way. Results of open periods
        follow when they are calculated anew.
        """
        if not (can_see_figures(self.person) or access_for(self.person).has(Role.API_CLIENT)):
            raise NotAllowed(_("Figures are recorded by who verifies the evaluation."))
        body = self.sent(shapes.OutsideFiguresBulkSerializer)

        def act() -> Response:
            results = _put(self.person, body["figures"])
            counts = Counter(each["status"] for each in results)
            return Response({"counts": {each: counts[each] for each in shapes.PUT}, "results": results})

        return self.once(act, body)


def _put(by: Any, sent: list[Any]) -> list[dict[str, Any]]:
    read = [_read(raw) for raw in sent]
    subjects = _Subjects(by, [values for values, _faults in read])
    ready = [(subjects.figure(values), faults) if not faults else (None, faults) for values, faults in read]
    put: Iterator[actions.PutFigure] = iter(
        actions.put_figures(by=by, figures=[each for each, faults in ready if isinstance(each, actions.FigureValues)])
    )
    return [
        _result(next(put)) if isinstance(each, actions.FigureValues) else _refused(faults or [each])
        for each, faults in ready
    ]


def _read(raw: Any) -> tuple[dict[str, Any], list[Fault]]:
    """Return one figure as it was sent, or what is wrong with it."""
    if not isinstance(raw, Mapping):
        return {}, [Fault("", "wrong_type", _("Send an object."))]
    one = shapes.OutsideFigureSentSerializer(data=raw)
    if not one.is_valid():
        return {}, [Fault(name, str(each.code), str(each)) for name, found in one.errors.items() for each in found]
    values: dict[str, Any] = one.validated_data
    if ("agency" in values) == ("officer" in values):
        return {}, [Fault("agency", "required", _("Name an agency or an officer: one of the two."))]
    return values, []


class _Subjects:
    """The agencies and officers that are named, in two queries; an officer whom the caller does not see is none."""

    def __init__(self, by: Any, sent: list[dict[str, Any]]) -> None:
        agencies = {each["agency"] for each in sent if "agency" in each}
        officers = {code_key(each["officer"]) for each in sent if "officer" in each}
        self._agencies = {each.code: each for each in Agency.objects.filter(code__in=agencies)}
        self._officers = {each.code: each for each in Officer.objects.visible_to(by).filter(code__in=officers)}

    def figure(self, values: dict[str, Any]) -> actions.FigureValues | Fault:
        """Return the figure as the action takes it, or that nobody is called so."""
        rest = dict(values)
        agency, officer = rest.pop("agency", ""), rest.pop("officer", "")
        subject = self._officers.get(code_key(officer)) if officer else self._agencies.get(agency)
        if subject is None and officer:
            return Fault("officer", "not_found", _("No officer has this code."))
        if subject is None:
            return Fault("agency", "not_found", _("No agency has this code."))
        return actions.FigureValues(code=rest.pop("indicator"), subject=subject, **rest)


def _result(put: actions.PutFigure) -> dict[str, Any]:
    if put.refusal is not None:
        return _refused([Fault("", put.refusal.code, str(put.refusal))])
    assert put.figure is not None  # noqa: S101 (what was not refused stands)
    return {"status": put.status, "id": put.figure.pk, "errors": []}


def _refused(faults: list[Any]) -> dict[str, Any]:
    errors = [{"field": each.field, "code": each.code, "message": each.message} for each in faults]
    return {"status": "refused", "id": None, "errors": errors}
