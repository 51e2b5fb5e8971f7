"""Screens of questions: the list, one question with its thread, and each step of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from cms.core.checked_files import send_checked
from cms.core.screens import Column, FormScreen, ListScreen, PageScreen, Screen, below
from cms.questions import actions
from cms.questions.enums import EntryKind, QuestionState
from cms.questions.forms import AskForm, EntryForm, PassOnForm, PublishForm, QuestionFilterForm
from cms.questions.models import PublishedAnswer, Question, QuestionFile, QuestionQuerySet
from cms.questions.permissions import (
    can_answer,
    can_ask_any,
    can_ask_for,
    can_keep_topics,
    can_see_questions,
    require,
)

LIST = ("questions:list", gettext_lazy("Questions and bottlenecks"))


class QuestionsScreen(Screen):
    """A screen for those who ask, answer or read questions."""

    opens_to = staticmethod(can_see_questions)
    header_icon = "help"
    above: tuple[str, Any] | None = LIST


class QuestionListScreen(QuestionsScreen, ListScreen):
    """The questions that a person sees, the newest first."""

    page_title = LIST[1]
    above = None
    filter_form_class = QuestionFilterForm
    columns = [
        Column("subject", gettext_lazy("Question"), str, url_name="questions:detail",
               below=lambda question: below(question.topic.name)),
        Column("agency", gettext_lazy("Agency"), "agency.name"),
        Column("asked_at", gettext_lazy("Asked at")),
        Column("due_on", gettext_lazy("To be answered by"), below=lambda question: below(_lateness(question))),
        Column("state", gettext_lazy("State"), "get_state_display",
               below=lambda question: below(question.answerer and question.answerer.full_name)),
    ]  # fmt: skip

    @property
    def empty(self) -> str:
        if self.request.GET:
            return _("No question is like this.")
        if can_ask_any(self.person):
            return _("Your agency has not asked anything yet. Ask a question, and follow its answer here.")
        return _("No agency has asked anything yet. You are told as soon as one does.")

    def get_queryset(self) -> QuestionQuerySet:
        seen = Question.objects.visible_to(self.person).matching(**self.narrowed)
        return seen.select_related("agency", "topic", "answerer")

    def buttons(self) -> list[tuple[str, Any]]:
        shown = []
        if can_ask_any(self.person):
            shown.append((reverse("questions:ask"), _("Ask a question")))
        if can_keep_topics(self.person):
            shown.append((reverse("questions:topics"), _("Topics and days")))
        return shown

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        late = Question.objects.visible_to(self.person).late().order_by().count()
        label = ngettext("%(count)d question is late.", "%(count)d questions are late.", late) % {"count": late}
        return context | {"count_label": label if late else ""}


def _lateness(question: Question) -> str:
    late = question.days_late
    return ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late} if late else ""


class QuestionAskScreen(QuestionsScreen, FormScreen):
    """Ask for an agency."""

    opens_to = staticmethod(can_ask_any)
    page_title = gettext_lazy("Ask a question")
    submit_label = gettext_lazy("Send the question")
    explanation = gettext_lazy(
        "Who appraises your agency is told and answers in the days of the topic. Name no person without need."
    )

    def get_form(self, form_class: Any = None) -> AskForm:
        return AskForm(**self.get_form_kwargs(), by=self.person)

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        question = actions.ask_question(by=self.person, **form.cleaned_data)
        return redirect("questions:detail", question.pk)


class OneQuestion(QuestionsScreen):
    """What every screen of one question has."""

    @cached_property
    def question(self) -> Question:
        """Return the question of the address, where the person may see it."""
        seen = Question.objects.visible_to(self.person).select_related("agency", "topic", "asked_by", "answerer")
        return get_object_or_404(seen, pk=self.kwargs["pk"])

    def refused_url(self) -> str:
        return reverse("questions:detail", args=[self.kwargs["pk"]])

    def thread(self) -> dict[str, Any]:
        entries = self.question.entries.select_related("by").prefetch_related("files")
        return {"question": self.question, "entries": entries, "lateness": _lateness(self.question)}


class QuestionScreen(OneQuestion, PageScreen):
    """One question, its thread, and what the person may do."""

    template_name = "questions/question.html"
    page_title = gettext_lazy("Question")

    def get_page_subtitle(self) -> str:
        return str(self.question)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question, state = self.question, self.question.state
        answers, asks = can_answer(self.person, question), can_ask_for(self.person, question.agency)
        is_open = state in (QuestionState.ASKED, QuestionState.ANSWERED)
        has_answer = question.entries.filter(kind=EntryKind.ANSWER).exists()
        return super().get_context_data(**kwargs) | self.thread() | {
            "form": EntryForm() if is_open and (answers or asks) else None,
            "answers": answers,
            "may_pass_on": answers and state == QuestionState.ASKED,
            "may_close": (answers or asks) and state == QuestionState.ANSWERED,
            "may_publish": answers and has_answer and state in (QuestionState.ANSWERED, QuestionState.CLOSED),
            "published": PublishedAnswer.objects.public().filter(question=question).first(),
            "may_withdraw": asks and state == QuestionState.ASKED and not has_answer,
            "back_url": reverse(LIST[0]),
        }  # fmt: skip


class QuestionActScreen(OneQuestion, FormScreen):
    """A step of one question, its thread above the form."""

    template_name = "questions/act.html"
    form_class: Any = forms.Form

    @property
    def subject(self) -> str:
        return str(self.question)

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": self.refused_url(), "label": str(self.question)}]

    def allowed(self) -> bool:
        """Return whether the person may take the step at all; in which state, the action says."""
        return can_answer(self.person, self.question)

    def get_form(self, form_class: Any = None) -> Any:
        require(self.allowed())
        return super().get_form(form_class)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.thread()


class QuestionAnswerScreen(QuestionActScreen):
    """Where the form below the thread leads, and comes back with what was wrong."""

    page_title = gettext_lazy("Answer the question")
    form_class = EntryForm
    submit_label = gettext_lazy("Send the answer")
    success_message = gettext_lazy("Your answer has been sent to the agency.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.answer_question(by=self.person, question=self.question, **form.cleaned_data)


class AgencyActScreen(QuestionActScreen):
    """Taken by those alone who ask."""

    def allowed(self) -> bool:
        return can_ask_for(self.person, self.question.agency)


class QuestionFollowUpScreen(AgencyActScreen):
    """Ask once more."""

    page_title = gettext_lazy("Ask once more")
    form_class = EntryForm
    submit_label = gettext_lazy("Send")
    success_message = gettext_lazy("Your words have been sent to those who answer.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.follow_up(by=self.person, question=self.question, **form.cleaned_data)


class QuestionWithdrawScreen(AgencyActScreen):
    """Take a question back."""

    page_title = gettext_lazy("Withdraw the question")
    submit_label = gettext_lazy("Withdraw the question")
    serious = True
    explanation = gettext_lazy("It stays in the list, and nobody answers it any more.")
    success_message = gettext_lazy("The question has been withdrawn.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.withdraw_question(by=self.person, question=self.question)


class QuestionPassOnScreen(QuestionActScreen):
    """Have a colleague answer."""

    page_title = gettext_lazy("Pass the question on")
    submit_label = gettext_lazy("Pass on")
    success_message = gettext_lazy("Your colleague has been told.")

    def get_form(self, form_class: Any = None) -> PassOnForm:
        require(self.allowed())
        return PassOnForm(**self.get_form_kwargs(), question=self.question)

    def perform(self, form: forms.BaseForm) -> None:
        actions.pass_on(by=self.person, question=self.question, **form.cleaned_data)


class QuestionCloseScreen(QuestionActScreen):
    """Close a question that was answered."""

    page_title = gettext_lazy("Close the question")
    submit_label = gettext_lazy("Close the question")
    explanation = gettext_lazy("Nothing more can be asked or answered there afterwards.")
    success_message = gettext_lazy("The question has been closed.")

    def allowed(self) -> bool:
        return can_answer(self.person, self.question) or can_ask_for(self.person, self.question.agency)

    def perform(self, form: forms.BaseForm) -> None:
        actions.close_question(by=self.person, question=self.question)


class QuestionPublishScreen(QuestionActScreen):
    """Show everybody the question and its answer, in words without persons and agencies."""

    page_title = gettext_lazy("Publish the answer")
    form_class = PublishForm
    submit_label = gettext_lazy("Publish the answer")
    explanation = gettext_lazy(
        "Everybody reads these words at /giai-dap/. Name no person and no agency; who asked is not shown."
    )
    success_message = gettext_lazy("Everybody can read the answer now.")

    def get_initial(self) -> dict[str, Any]:
        published = PublishedAnswer.objects.filter(question=self.question).first()
        last = self.question.entries.filter(kind=EntryKind.ANSWER).last()
        words = (published.asked, published.answer) if published else (self.question.subject, last.text if last else "")
        return super().get_initial() | dict(zip(("asked", "answer"), words, strict=True))

    def perform(self, form: forms.BaseForm) -> None:
        actions.publish_answer(by=self.person, question=self.question, **form.cleaned_data)


class QuestionHideScreen(QuestionActScreen):
    """Show the answer to nobody any more."""

    page_title = gettext_lazy("Take the answer from the public")
    submit_label = gettext_lazy("Take it away")
    explanation = gettext_lazy("Its words are kept, and can be published again.")
    success_message = gettext_lazy("The answer is public no more.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.hide_answer(by=self.person, question=self.question)


class QuestionFileScreen(QuestionsScreen, View):
    """A file of the thread, to be saved."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seen = QuestionFile.objects.visible_to(request.user).filter(entry__question=kwargs["pk"])
        return send_checked(request, get_object_or_404(seen, pk=kwargs["file"]))
