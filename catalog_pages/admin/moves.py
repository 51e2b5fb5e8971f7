"""Confirming an act that moves a version on: submit, withdraw, return, accept, decide, and a note on the whole."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm, BooleanField, Form
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from catalog_pages import actions as page_actions
from catalog_pages.admin.forms import ConfirmForm, NoteForm, ReturnForm
from catalog_pages.admin.screens import VersionScreen
from catalog_pages.forms import DecisionForm
from catalog_pages.models import AgencyCatalogPage
from cms.catalogs import actions, bodies, permissions
from cms.catalogs.errors import DatesOverlap, StaleEdition
from cms.catalogs.models import CatalogVersion
from cms.core.screens import FormScreen


class MoveView(VersionScreen, FormScreen):
    """A confirmation screen; the act is done on the version as it was seen here, or not at all."""

    form_class: type[Form] = ConfirmForm

    def allowed(self) -> bool:
        raise AssertionError("every move says who may make it")

    def act(self, page: AgencyCatalogPage, form: BaseForm) -> None:
        raise AssertionError("every move says what it does")

    def get_initial(self) -> dict[str, Any]:
        """Remember which edition the person is looking at; refuse early what cannot be done."""
        permissions.require(self.allowed())
        return {"edition": self.version.edition}

    def perform(self, form: BaseForm) -> None:
        """Do the act under the version's lock; where it is refused, what was typed stays on the screen."""
        with transaction.atomic():
            current = CatalogVersion.objects.select_for_update().get(pk=self.version.pk)
            if form.cleaned_data.get("edition", current.edition) != current.edition:
                raise StaleEdition(_("The version has changed since you opened this screen. Look at it again first."))
            self.act_on(current, form)

    def act_on(self, version: CatalogVersion, form: BaseForm) -> None:
        """Do it to the locked version; most acts are its page's, whose workflow moves."""
        self.act(page_actions.page_of(version), form)


class SubmitView(MoveView):
    """The agency hands its list in."""

    page_title = _lazy("Submit for appraisal")
    submit_label = _lazy("Submit")

    @property
    def explanation(self) -> str:
        """Say where the list goes, and that it cannot be changed there."""
        sentence = _(
            "The list goes to %(appraiser)s. You cannot change it any more, unless it is returned or you take it back "
            "before it is accepted."
        )
        return sentence % {"appraiser": bodies.appraiser_of(self.version)}

    @property
    def success_message(self) -> str:
        return _("Submitted to %(appraiser)s.") % {"appraiser": bodies.appraiser_of(self.version)}

    def allowed(self) -> bool:
        return permissions.can_submit(self.person, self.version)

    def act(self, page: AgencyCatalogPage, form: BaseForm) -> None:
        page_actions.submit(by=self.person, page=page)


class WithdrawView(MoveView):
    """Who submitted takes the list back before it is accepted."""

    page_title = _lazy("Take the submission back")
    explanation = _lazy("The list becomes a draft again; the deadline for submitting stays the same.")
    submit_label = _lazy("Take back")
    success_message = _lazy("Taken back: the list is a draft again.")
    serious = True

    def allowed(self) -> bool:
        """Return whether this person submitted it and may still take it back."""
        return permissions.can_withdraw(self.person, self.version)

    def act(self, page: AgencyCatalogPage, form: BaseForm) -> None:
        page_actions.withdraw(by=self.person, page=page)


class ReturnView(MoveView):
    """The appraiser, or the provincial approver, sends the list back."""

    form_class = ReturnForm
    page_title = _lazy("Return to the agency")
    explanation = _lazy(
        "The agency gets the reason and every note on its items by e-mail, mends the list and submits again."
    )
    submit_label = _lazy("Return to the agency")
    success_message = _lazy("Returned to the agency.")
    serious = True

    def allowed(self) -> bool:
        return permissions.can_remark(self.person, self.version)

    def act(self, page: AgencyCatalogPage, form: BaseForm) -> None:
        page_actions.return_to_agency(by=self.person, page=page, reason=form.cleaned_data["reason"])


class AcceptForm(ConfirmForm):
    """Accepts the version as it was seen; where notes are open, it is asked whether they are done."""

    close_notes = BooleanField()

    def __init__(self, *args: Any, open_notes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sentence = ngettext(
            "%(number)s note is still open: it is done, close it",
            "%(number)s notes are still open: they are done, close them",
            open_notes,
        )
        self.fields["close_notes"].label = sentence % {"number": open_notes}
        if not open_notes:
            del self.fields["close_notes"]


class AcceptView(MoveView):
    """The appraiser accepts the list."""

    form_class = AcceptForm
    page_title = _lazy("Accept the list")
    submit_label = _lazy("Accept")

    @property
    def explanation(self) -> str:
        """Say to whom the list goes on."""
        return _("The list goes on to %(body)s.") % {"body": bodies.after_acceptance(self.version)}

    @property
    def success_message(self) -> str:
        return _("Accepted: the list goes on to %(body)s.") % {"body": bodies.after_acceptance(self.version)}

    def allowed(self) -> bool:
        """Return whether this person may accept, saying so when it is their own work."""
        if permissions.can_appraise(self.person, self.version):
            permissions.require_not_own_work(self.person, self.version)
        return permissions.can_appraise(self.person, self.version)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"open_notes": self.version.remarks.open_notes().count()}

    def act(self, page: AgencyCatalogPage, form: BaseForm) -> None:
        page_actions.accept(by=self.person, page=page)


class OpinionView(MoveView):
    """A body that is asked before the decision says what it found."""

    form_class = NoteForm
    page_title = _lazy("Give the opinion")
    submit_label = _lazy("Save the opinion")
    success_message = _lazy("The opinion is saved; the version goes on.")

    def allowed(self) -> bool:
        return permissions.can_give_opinion(self.person, self.version)

    @property
    def explanation(self) -> str:
        """Say for which body, and what is written."""
        asked = self.version.opinions.pending().first()
        sentence = _("For: %(body)s. Write what it found, with the number of its minutes. It never changes afterwards.")
        return sentence % {"body": asked}

    def act_on(self, version: CatalogVersion, form: BaseForm) -> None:
        actions.give_opinion(by=self.person, version=version, words=form.cleaned_data["text"])


class DecideForm(ConfirmForm, DecisionForm):
    """The decision, on the version as it was seen; ``replaced`` is the version that it ends."""

    comment = None  # type: ignore[assignment]
    takes_past_days = BooleanField(
        label=_lazy("The decision names a day of effect that is over"), required=False,
        help_text=_lazy(
            "Tick this only if the decision says so: the version before then counts as ended on the day before."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, replaced: CatalogVersion | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.replaced = replaced
        if replaced is None or not replaced.holds_on(timezone.localdate()):
            del self.fields["takes_past_days"]

    def clean_effective_from(self) -> datetime.date:
        """Refuse a day that leaves the version before none."""
        day: datetime.date = self.cleaned_data["effective_from"]
        try:
            actions.require_later_day(self.replaced, day)
        except DatesOverlap as refusal:
            raise ValidationError(str(refusal)) from refusal
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse to take days that are over from the version that held on them, unless that is meant."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day = cleaned.get("effective_from")
        if self.replaced and day and day < timezone.localdate() and not cleaned.get("takes_past_days"):
            sentence = _(
                "This day is over, and version %(number)s was in effect on it. If the decision really takes effect "
                "from %(date)s, tick the box below; otherwise mend the day."
            )
            params = {"number": self.replaced.number, "date": f"{day:%d/%m/%Y}"}
            self.add_error("effective_from", sentence % params)
        return cleaned


class DecideView(MoveView):
    """Who decides for the block enters the decision."""

    form_class = DecideForm
    page_title = _lazy("Enter the decision")
    submit_label = _lazy("Approve and publish")
    success_message = _lazy("The decision is entered; the version never changes any more.")

    def allowed(self) -> bool:
        """Return whether this person may decide, saying so when it is their own work."""
        if permissions.can_decide(self.person, self.version):
            permissions.require_not_own_work(self.person, self.version)
        return permissions.can_decide(self.person, self.version)

    @cached_property
    def replaced(self) -> CatalogVersion | None:
        """Return the version that this one ends."""
        return actions.version_to_replace(self.version.catalog)

    @property
    def explanation(self) -> str:
        """Say what the decision does, also to the version before."""
        sentence = _("The version is frozen for ever and becomes public on the day of effect. This cannot be undone.")
        return f"{sentence} {_fate(self.replaced)}" if self.replaced else sentence

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"replaced": self.replaced}

    def act(self, page: AgencyCatalogPage, form: BaseForm) -> None:
        names = ("decision_number", "decision_date", "effective_from")
        page_actions.decide(by=self.person, page=page, **{name: form.cleaned_data[name] for name in names})


def _fate(replaced: CatalogVersion) -> str:
    """Say what becomes of the version that a decision ends."""
    params = {"number": replaced.number, "date": f"{replaced.effective_from:%d/%m/%Y}"}
    if replaced.holds_on(timezone.localdate()):
        sentence = _("Version %(number)s, in effect since %(date)s, ends on the day before this version takes effect.")
    else:
        sentence = _(
            "Version %(number)s is decided and takes effect on %(date)s. It keeps that day, and ends on the day before "
            "this version takes effect, so choose a day after %(date)s."
        )
    return sentence % params


class NoteView(MoveView):
    """A note on the version as a whole."""

    form_class = NoteForm
    page_title = _lazy("Note on the whole list")
    submit_label = _lazy("Save the note")
    success_message = _lazy("The note is saved.")

    def allowed(self) -> bool:
        return permissions.can_remark(self.person, self.version)

    def act(self, page: AgencyCatalogPage, form: BaseForm) -> None:
        actions.leave_note(by=self.person, version=self.version, text=form.cleaned_data["text"])
