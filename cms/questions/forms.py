"""Forms of questions: asking, answering, passing on, narrowing the list, topics."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.core.forms import CleanTextField
from cms.core.text import clean_text
from cms.organisations.forms import AgencyChoice, PersonChoice, offer
from cms.organisations.models import Agency
from cms.questions.enums import QuestionState
from cms.questions.models import Question, QuestionTopic
from cms.questions.models.threads import LONGEST_TEXT
from cms.questions.models.topics import MOST_DAYS
from cms.questions.permissions import agencies_asked_for, answering
from cms.users.models import User


class ParagraphsField(CleanTextField):
    """Text of several lines, each cleaned as every text is."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return "\n".join(clean_text(line).text for line in str(value or "").splitlines()).strip()


class _ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; what they are is checked by the action."""

    widget = _ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(each, initial) for each in sent]


def _attachments() -> FilesField:
    return FilesField(
        label=_("Attached files"), required=False, max_length=255, allow_empty_file=True,
        help_text=_("At most 5: PDF, picture, Word, Excel or PowerPoint without macros, 25 MiB each at most."),
    )  # fmt: skip


class EntryForm(forms.Form):
    """Words and files of an entry."""

    text = ParagraphsField(
        label=pgettext_lazy("question", "Words"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 6})
    )
    attachments = _attachments()


class AskForm(forms.Form):
    """A new question."""

    agency = AgencyChoice(Agency.objects.none(), label=_("Agency"))
    topic = forms.ModelChoiceField(QuestionTopic.objects.none(), label=pgettext_lazy("question", "Topic"))
    subject = CleanTextField(
        label=_("In short"), max_length=200, help_text=_("One line, as it stands in the list of questions.")
    )
    text = ParagraphsField(
        label=_("Question or bottleneck"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 8})
    )
    attachments = _attachments()

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = agencies_asked_for(by).order_by("path")
        offer(self, "agency", agencies)
        self.initial["agency"] = agencies.first()
        offer(self, "topic", QuestionTopic.objects.active())


class PassOnForm(forms.Form):
    """To whom."""

    to = PersonChoice(User.objects.none(), label=_("Colleague"))

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", User.objects.filter(pk__in=answering(question.agency)).order_by("full_name"))


class PublishForm(forms.Form):
    """The words that everybody reads."""

    asked = CleanTextField(label=_("Question for everybody"), max_length=300)
    answer = ParagraphsField(
        label=_("Answer for everybody"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 8})
    )


class QuestionFilterForm(forms.Form):
    """What narrows the list of questions."""

    agency = forms.CharField(label=_("Agency"), required=False, max_length=200)
    words = forms.CharField(label=_("Words of the subject"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *QuestionState.choices])
    topic = forms.ModelChoiceField(
        QuestionTopic.objects.none(), label=pgettext_lazy("question", "Topic"), required=False, empty_label=_("All")
    )
    is_late = forms.BooleanField(label=_("Late"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "topic", QuestionTopic.objects.all())


class TopicForm(forms.Form):
    """What stands of a topic in the list, and its days."""

    name = CleanTextField(label=_("Name"), max_length=100)
    days = forms.IntegerField(label=_("Working days to answer"), min_value=1, max_value=MOST_DAYS, initial=5)
    is_active = forms.BooleanField(label=_("Can be chosen for new questions"), required=False, initial=True)
