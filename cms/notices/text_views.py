"""The texts of messages, as editors change them: with the fields offered, a preview, and the way back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.core.mail import in_the_platforms_language
from cms.core.screens import FormScreen, PageScreen
from cms.notices import actions
from cms.notices.kinds import Kind, all_kinds, find_kind
from cms.notices.models import Wording
from cms.notices.permissions import can_word
from cms.notices.wording import (
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    Rendered,
    check_texts,
    fill,
    texts_of,
    with_names,
    with_words,
)

_LIST = ("message_log:texts", _("Texts of messages"))


class TextForm(forms.Form):
    """A subject and a text; the action says what does not fit."""

    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT)
    text = forms.CharField(
        label=_("Text of the message"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 12})
    )


class TextListScreen(PageScreen):
    """Every kind of message, and which of them an editor changed."""

    opens_to = staticmethod(can_word)
    page_title = _("Texts of messages")
    header_icon = "edit"
    template_name = "notices/texts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changed = set(Wording.objects.values_list("kind", flat=True))
        rows = [(kind, kind.key in changed) for kind in all_kinds()]
        return super().get_context_data(**kwargs) | {"rows": rows}


class _OfKind(FormScreen):
    opens_to = staticmethod(can_word)
    above = _LIST
    header_icon = "edit"

    @cached_property
    def kind(self) -> Kind:
        """Return the kind, or answer 404."""
        kind = find_kind(self.kwargs["message_kind"])
        if kind is None:
            raise Http404
        return kind

    def get_page_title(self) -> str:
        return str(self.kind.label)

    def refused_url(self) -> str:
        return reverse("message_log:texts")


class TextScreen(_OfKind):
    """Change the text of one kind; the preview shows it with the examples of the fields."""

    template_name = "notices/text.html"
    form_class = TextForm
    success_message = _("The text has been saved.")

    @cached_property
    def in_use(self) -> Rendered:
        """Return the texts in use, in the language that messages are written in."""
        with in_the_platforms_language():
            return texts_of(self.kind)

    def get_initial(self) -> dict[str, Any]:
        subject, text = (with_words(self.kind, part) for part in (self.in_use.subject, self.in_use.text))
        return super().get_initial() | {"subject": subject, "text": text}

    def perform(self, form: forms.BaseForm) -> HttpResponse | None:
        subject, text = form.cleaned_data["subject"], form.cleaned_data["text"]
        if "preview" not in self.request.POST:
            actions.write_texts(by=self.person, kind=self.kind, subject=subject, text=text)
            return None
        subject, text = with_names(self.kind, subject), with_names(self.kind, text)
        check_texts(self.kind, subject, text)
        return self.render_to_response(self.get_context_data(form=form, preview=self._example(subject, text)))

    def _example(self, subject: str, text: str) -> Any:
        with in_the_platforms_language():
            return fill(subject, text, self.kind.examples)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "preview" not in kwargs and self.request.method == "GET":
            kwargs["preview"] = self._example(self.in_use.subject, self.in_use.text)
        is_changed = Wording.objects.filter(kind=self.kind.key).exists()
        return super().get_context_data(**kwargs) | {"kind": self.kind, "is_changed": is_changed}


class ResetScreen(_OfKind):
    """Go back to the shipped text."""

    form_class = forms.Form
    submit_label = _("Use the shipped text")
    explanation = _("What was written in its place is given up; the ledger keeps it.")

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        actions.reset_texts(by=self.person, kind=self.kind)
        messages.success(self.request, _("The shipped text is used again."))
        return redirect("message_log:text", self.kind.key)
