"""The one place in the application where everybody finds what they were told, whatever their part is."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView, View

from cms.notices import actions
from cms.notices.models import Message
from cms.organisations.permissions import is_officer

SIZE = 30


def frame_context(user: Any) -> dict[str, Any]:
    """Return what the menu of these pages shows to a person."""
    return {"is_officer": is_officer(user), "may_enter_admin": user.has_perm("wagtailadmin.access_admin")}


class InboxScreen(LoginRequiredMixin, TemplateView):
    """One's own messages, the latest first: what is not done yet, or with ``tat-ca`` everything."""

    template_name = "notices/inbox.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shows_all = "tat-ca" in self.request.GET
        own = Message.objects.own(self.request.user)
        pages = Paginator(own if shows_all else own.filter(done_at=None), SIZE)
        return super().get_context_data(**kwargs) | {
            "listed": pages.get_page(self.request.GET.get("trang")),
            "shows_all": shows_all,
            **frame_context(self.request.user),
        }


class _OwnMessageAct(LoginRequiredMixin, View):
    """An act on one message; somebody else's is not there."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        message = get_object_or_404(Message.objects.own(request.user), pk=pk)
        return self.perform(request, message)

    def perform(self, request: HttpRequest, message: Message) -> HttpResponse:
        raise NotImplementedError


class OpenMessage(_OwnMessageAct):
    """Mark it as read, and lead to what it is about."""

    def perform(self, request: HttpRequest, message: Message) -> HttpResponse:
        actions.read_message(by=request.user, message=message)  # type: ignore[arg-type]
        return redirect(message.link or "inbox:list")


class FinishMessage(_OwnMessageAct):
    """Mark it as done."""

    def perform(self, request: HttpRequest, message: Message) -> HttpResponse:
        actions.finish_message(by=request.user, message=message)  # type: ignore[arg-type]
        return redirect("inbox:list")


class ReadAllMessages(LoginRequiredMixin, View):
    """Mark everything as read."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        actions.read_all_messages(by=request.user)  # type: ignore[arg-type]
        return redirect("inbox:list")
