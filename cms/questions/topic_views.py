"""Screens of the topics of questions, kept without code by those who appraise the whole province."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.screens import Column, FormScreen, ListScreen
from cms.questions import actions
from cms.questions.forms import TopicForm
from cms.questions.models import QuestionTopic
from cms.questions.permissions import can_keep_topics
from cms.questions.views import LIST, QuestionsScreen

TOPICS = ("questions:topics", gettext_lazy("Topics and days"))


class TopicListScreen(QuestionsScreen, ListScreen):
    """What agencies may ask about, and in how many days they are answered."""

    opens_to = staticmethod(can_keep_topics)
    above = LIST
    page_title = TOPICS[1]
    empty = gettext_lazy("No topic is there: add one, so that agencies can ask.")
    columns = [
        Column("name", gettext_lazy("Name"), url_name="questions:topic_edit"),
        Column("days", gettext_lazy("Working days"), classname="td-num"),
        Column("asked", gettext_lazy("Questions"), classname="td-num"),
        Column("waiting", gettext_lazy("Waits for an answer"), classname="td-num"),
        Column("late", gettext_lazy("Late"), classname="td-num"),
        Column("in_time", gettext_lazy("Answered in time"), classname="td-num"),
        Column("answered_late", gettext_lazy("Answered late"), classname="td-num"),
        Column("is_active", gettext_lazy("Can be chosen"), lambda topic: _("yes") if topic.is_active else _("no")),
    ]

    def get_queryset(self) -> Any:
        return QuestionTopic.objects.with_counts().order_by("name")

    def is_past(self, row: Any) -> bool:
        return not row.is_active

    def buttons(self) -> list[tuple[str, Any]]:
        return [(reverse("questions:topic_add"), _("Add a topic"))]


class TopicFormScreen(QuestionsScreen, FormScreen):
    """Add a topic, or change one."""

    opens_to = staticmethod(can_keep_topics)
    form_class = TopicForm
    explanation = gettext_lazy("Questions that were asked keep the day that they were promised.")
    success_message = gettext_lazy("The topic has been saved.")

    @cached_property
    def topic(self) -> QuestionTopic | None:
        return get_object_or_404(QuestionTopic, pk=self.kwargs["topic"]) if "topic" in self.kwargs else None

    def get_page_title(self) -> str:
        return _("Change the topic") if self.topic else _("Add a topic")

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse(TOPICS[0]), "label": TOPICS[1]}]

    def refused_url(self) -> str:
        return reverse(TOPICS[0])

    def get_initial(self) -> dict[str, Any]:
        topic = self.topic
        return {"name": topic.name, "days": topic.days, "is_active": topic.is_active} if topic else {}

    def perform(self, form: forms.BaseForm) -> None:
        actions.save_topic(by=self.person, topic=self.topic, **form.cleaned_data)
