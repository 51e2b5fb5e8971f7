"""Work: read, written by external systems, and reported, confirmed and returned by people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.acts import KEY, ActView
from api.authentication import InScope, SignedInToWrite
from api.clients.models import Scope
from api.pagination import TOP_KEY, Ordering
from api.v1.filters.assignments import AssignmentFilters, MessageFilters
from api.v1.links import Links
from api.v1.serializers import assignments as shapes
from api.views import DetailView, ListView
from cms.assignments import actions
from cms.assignments.models import (
    ExternalSystem,
    ExternalSystemQuerySet,
    OutsideMessage,
    OutsideWork,
    WorkAssignment,
    WorkQuerySet,
)
from cms.assignments.outside.messages import WorkMessage, read_message
from cms.assignments.working_days import warn_of_each
from cms.catalogs.actions import Fault
from cms.organisations.access import access_for
from cms.organisations.actions import note_read
from cms.organisations.enums import OfficerData
from cms.users.enums import Role

OUTSIDE_ID = OpenApiParameter(
    "outside_id", {"type": "string", "maxLength": 200}, OpenApiParameter.PATH,
    description="What the external system calls the work; it may hold slashes.",
)  # fmt: skip


def documented(name: str) -> Callable[[Any], Any]:
    """Describe the GET of a view by what it says of itself."""

    def decorate(view: Any) -> Any:
        schema = extend_schema(tags=["assignments"], operation_id=name, description=view.__doc__)
        return extend_schema_view(get=schema)(view)

    return decorate


class AssignmentsView(ActView):
    """An address about work: for people who see it, and for programs of the systems that write it."""

    scope = Scope.ASSIGNMENTS_READ
    writing_scope = Scope.ASSIGNMENTS_WRITE
    permission_classes = [InScope, IsAuthenticated]
    queryset: QuerySet[Any] = WorkAssignment.objects.none()

    @cached_property
    def systems(self) -> ExternalSystemQuerySet:
        """Return the systems that the caller speaks for."""
        return ExternalSystem.objects.used_by(self.request.user)

    @property
    def is_program(self) -> bool:
        """Return whether a program asks: it sees what its systems write, and nothing else."""
        return access_for(self.request.user).has(Role.API_CLIENT)

    def seen(self) -> WorkQuerySet:
        """Return the work that is there for the caller: a program's is that of its systems' agencies alone."""
        found = WorkAssignment.objects.visible_to(self.request.user).select_related("officer", "agency")
        if not self.is_program:
            return found
        return found.filter(agency__in=self.systems.agencies().order_by().values("pk"))

    def answer(self, work: WorkAssignment, code: int = status.HTTP_200_OK) -> Response:
        """Return a piece of work as it now is."""
        row = self.seen().filter(pk=work.pk).first()
        if row is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        data = shapes.AssignmentSerializer(context=self.get_serializer_context()).to_representation(row)
        return Response(data, code)


@documented("assignments_list")
class AssignmentList(AssignmentsView, ListView):
    """Work that you may see: your own, that of agencies for which you act; for a program, of its systems' agencies."""

    http_method_names = ["get", "head", "options"]
    serializer_class = shapes.AssignmentSerializer
    filterset_class = AssignmentFilters
    orderings = {
        "due_on": Ordering(("due_on", "pk")), "id": Ordering(("pk",)), "-id": Ordering(("pk",), top=(TOP_KEY,)),
    }  # fmt: skip

    def get_queryset(self) -> QuerySet[Any]:
        """Return it."""
        return self.seen()


class OneAssignment(AssignmentsView):
    """An address about one piece of work, which the caller sees, or it is Http404."""

    @cached_property
    def work(self) -> WorkAssignment:
        """Return the work that the address names."""
        return get_object_or_404(self.seen(), identity=self.kwargs["identity"])


@documented("assignments_retrieve")
class AssignmentDetail(OneAssignment, DetailView):
    """One piece of work by its identity."""

    http_method_names = ["get", "head", "options"]
    serializer_class = shapes.AssignmentSerializer

    def get_object(self) -> WorkAssignment:
        note_read(by=self.person, officer=self.work.officer, what=OfficerData.WORK)
        return self.work


class WorkAct(OneAssignment):
    """Something that a person does with one piece of work, under the rules of the screens."""

    http_method_names = ["post", "options"]
    permission_classes = [InScope, SignedInToWrite]

    def carried_out(self, body_class: Any, act: Callable[..., Any], code: int = status.HTTP_200_OK) -> HttpResponseBase:
        """Do it once for each key, and answer with the work as it now is."""
        work = self.work
        body = self.sent(body_class)

        def once() -> Response:
            act(by=self.person, work=work, **body)
            return self.answer(work, code)

        return self.once(once, body)


def _act(name: str, body: Any, code: int = status.HTTP_200_OK) -> Callable[[Any], Any]:
    answers = {code: shapes.AssignmentSerializer}
    return extend_schema(
        tags=["assignments"], operation_id=name, parameters=[KEY], request=body, responses=answers
    )  # fmt: skip


class AssignmentReport(WorkAct):
    """Progress."""

    @_act("assignments_report", shapes.WorkReportSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Note how far you have come with work of your own."""
        return self.carried_out(shapes.WorkReportSerializer, actions.report_work)


class AssignmentFinish(WorkAct):
    """Done."""

    @_act("assignments_finish", shapes.FinishSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Report work of your own as done; it then waits for whoever confirms it."""
        return self.carried_out(shapes.FinishSerializer, actions.finish_work)


class AssignmentConfirm(WorkAct):
    """Confirmed."""

    @_act("assignments_confirm", shapes.ConfirmSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Confirm work that was reported as done: for people, never for programs, and never one's own."""
        return self.carried_out(shapes.ConfirmSerializer, _confirm)


class AssignmentReturn(WorkAct):
    """Returned."""

    @_act("assignments_return", shapes.GiveBackSerializer)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Give work that was reported as done back to the officer, with what has to be mended."""
        return self.carried_out(shapes.GiveBackSerializer, actions.return_work)


def _confirm(*, by: Any, work: WorkAssignment, **values: Any) -> None:
    actions.confirm_work(by=by, work=[work], **values)


class OfSystem(AssignmentsView):
    """An address at which external systems write."""

    permission_classes = [InScope, SignedInToWrite]

    def system(self, code: str) -> ExternalSystem:
        """Return a system that the caller speaks for, or it is Http404."""
        return get_object_or_404(self.systems, code=code)

    def taken(self, system: ExternalSystem, sent: list[Any]) -> list[dict[str, Any]]:
        """Take messages over, and return what came of each; those whose form is wrong are refused alone."""
        read = [_read(raw, system) for raw in sent]
        good = [message for message, _wrong in read if message]
        outcomes = iter(actions.take_messages(by=self.person, system=system, messages=good))
        links, doubtful = Links(self.request), warn_of_each(day for message in good if (day := message.day("due_on")))
        return [
            _serialized(message, next(outcomes), links, doubtful) if message else _unread(raw, faults)
            for raw, (message, faults) in zip(sent, read, strict=True)
        ]


def _read(raw: Any, system: ExternalSystem) -> tuple[WorkMessage | None, list[Fault]]:
    if not isinstance(raw, Mapping):
        return None, [Fault("", "wrong_type", _("Send an object."))]
    return read_message(raw, system.order)


def _serialized(
    message: WorkMessage, taken: actions.Taken, links: Links, doubtful: Mapping[date, str]
) -> dict[str, Any]:  # fmt: skip
    identity = taken.work.identity if taken.work else None
    due = message.day("due_on")
    sentence = doubtful.get(due) if due else None
    return {
        "outside_id": message.outside_id, "status": taken.status, "code": taken.code, "message": taken.reason,
        "warnings": [sentence] if sentence else [],
        "missing": [{"about": about, "key": key} for about, key in taken.missing],
        "identity": identity, "url": links.assignment(identity) if identity else None, "errors": [],
    }  # fmt: skip


def _unread(raw: Any, faults: list[Fault]) -> dict[str, Any]:
    named = raw.get("outside_id") if isinstance(raw, Mapping) else None
    return {
        "outside_id": _plain(named)[:200] if isinstance(named, str) else None, "status": "refused", "code": "invalid",
        "message": "", "warnings": [], "missing": [], "identity": None, "url": None,
        "errors": [{"field": _plain(f.field), "code": f.code, "message": _plain(f.message)} for f in faults],
    }  # fmt: skip


def _plain(text: str) -> str:
    """Return a text as JSON can hold it."""
    return text.encode("utf-8", "replace").decode()


@extend_schema(tags=["assignments"])
class OutsideAssignment(OfSystem):
    """One piece of work by what an external system calls it."""

    http_method_names = ["get", "head", "put", "options"]

    @extend_schema(
        operation_id="assignments_outside_retrieve", parameters=[OUTSIDE_ID], responses=shapes.AssignmentSerializer
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the work that stands for what your system calls so."""
        if not request.user.is_authenticated:
            self.permission_denied(request)
        system = self.system(self.kwargs["system"])
        named = self.kwargs["outside_id"]
        if not named.isprintable():
            raise Http404  # no id has such characters, and PostgreSQL takes none of them
        outside = get_object_or_404(OutsideWork, system=system, outside_id=named)
        work = get_object_or_404(self.seen(), pk=outside.work_id)
        data = shapes.AssignmentSerializer(context=self.get_serializer_context()).to_representation(work)
        return Response(data)

    @extend_schema(
        operation_id="assignments_outside_put", parameters=[OUTSIDE_ID, KEY], request=shapes.OutsideValuesSerializer,
        responses={200: shapes.TakenSerializer, 201: shapes.TakenSerializer, 202: shapes.TakenSerializer},
    )  # fmt: skip
    def put(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say how one piece of work stands in your system, as a whole. Sent twice, or late, it does no harm.

        201 where work came to be, 200 where it is as the message says, or as a newer one said (`older`), 202 where the
        message waits to be mapped or is refused with a reason: it is kept and listed either way.
        """
        system = self.system(self.kwargs["system"])
        sent = request.data
        if not isinstance(sent, Mapping):
            raise ValidationError({"non_field_errors": [ErrorDetail(_("Send an object."), "wrong_type")]})
        raw = {**sent, "outside_id": self.kwargs["outside_id"]}
        message, faults = read_message(raw, system.order)
        if message is None:
            raise ValidationError({fault.field: [ErrorDetail(fault.message, fault.code)] for fault in faults})

        def act() -> Response:
            [result] = self.taken(system, [raw])
            return Response(result, _STATUSES.get(result["status"], status.HTTP_200_OK))

        return self.once(act, sent)


_STATUSES = {
    "created": status.HTTP_201_CREATED, "waiting": status.HTTP_202_ACCEPTED, "refused": status.HTTP_202_ACCEPTED,
}  # fmt: skip


@extend_schema(tags=["assignments"])
class AssignmentsBulk(OfSystem):
    """Many messages at once."""

    http_method_names = ["post", "options"]
    # The body names the system: one that the caller does not speak for is 404, as in an address.
    is_about_what_is_sent = True

    @extend_schema(
        operation_id="assignments_bulk", parameters=[KEY], request=shapes.AssignmentsBulkSerializer,
        responses={200: shapes.TakenManySerializer},
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say how up to 1,000 pieces of work stand in your system, and be told what came of each.

        What comes of them is what would come of them one after the other; those that cannot be taken stand in nobody's
        way. Look at `counts`: `waiting` and `refused` are kept and listed in `assignments/messages/`.
        """
        body = self.sent(shapes.AssignmentsBulkSerializer)
        system = self.system(body["system"])

        def act() -> Response:
            results = self.taken(system, body["messages"])
            counts = Counter(result["status"] for result in results)
            return Response({"counts": {each: counts[each] for each in shapes.TAKEN}, "results": results})

        return self.once(act, body)


@documented("assignments_messages_list")
class MessageList(AssignmentsView, ListView):
    """Messages of your systems that were not taken: those that wait for a mapping, and those refused with a reason."""

    http_method_names = ["get", "head", "options"]
    serializer_class = shapes.UntakenMessageSerializer
    filterset_class = MessageFilters
    orderings = {"id": Ordering(("pk",)), "-id": Ordering(("pk",), top=(TOP_KEY,))}

    def get_queryset(self) -> QuerySet[Any]:
        """Return them: of the systems that the program speaks for, or whose words the person maps."""
        found = OutsideMessage.objects.select_related("system", "work").defer("content")
        if self.is_program:
            return found.filter(system__in=self.systems.order_by().values("pk"))
        return found.managed_by(self.request.user)
