"""Forms of the screens of external systems; the actions check again what they are given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.assignments.enums import MessageState, NameKind, OutsideAct
from cms.assignments.models import ExternalSystem, OutsideName
from cms.assignments.permissions import agency_paths_of_system
from cms.catalogs.models import CatalogItem, CatalogVersion
from cms.core.forms import CleanTextField
from cms.core.text import code_key
from cms.organisations.forms import AgencyChoice, offer
from cms.organisations.models import Agency, Officer
from cms.users.enums import Role
from cms.users.models import User

MOST_LINES = 2_000


class SystemForm(forms.ModelForm):
    """A system: the code, and by what newer messages are known, are decided when it is added."""

    class Meta:
        model = ExternalSystem
        fields = ["code", "name", "kind", "order", "agencies", "accounts", "is_active"]
        widgets = {"agencies": forms.SelectMultiple(attrs={"size": 12}), "accounts": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agencies", Agency.objects.active())
        programs = User.objects.filter(memberships__role=Role.API_CLIENT, is_active=True).distinct()
        offer(self, "accounts", programs.order_by("full_name", "pk"))
        self.fields["agencies"].help_text = gettext_lazy("With all that is below them. Hold Ctrl to choose several.")
        if self.instance.pk:
            del self.fields["code"], self.fields["order"]


class NameFilterForm(forms.Form):
    """What narrows the list of names."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=200)
    about = forms.ChoiceField(
        label=gettext_lazy("About"), required=False, choices=[("", gettext_lazy("All")), *NameKind.choices]
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=[
        ("", gettext_lazy("All")), ("open", gettext_lazy("Not mapped yet")),
    ])  # fmt: skip


class MessageFilterForm(forms.Form):
    """What narrows the list of messages."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[("", gettext_lazy("All")), *MessageState.choices]
    )


class _OfSystem(forms.Form):
    """A form about the words of one system."""

    def __init__(self, *args: Any, system: ExternalSystem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.system = system

    def target_of(self, about: str, code: str, agency: Agency | None) -> dict[str, Any]:
        """Return what a code stands for: an officer, an item of a catalog that they work by, an act.

        Raises ValidationError, with a sentence.
        """
        if about == NameKind.PERSON:
            officer = Officer.objects.filter(code=code_key(code)).first()
            if officer is None:
                raise forms.ValidationError(_("Nobody has the officer code “%(code)s”.") % {"code": code})
            return {"officer": officer}
        if about == NameKind.KIND:
            return {"item_identity": self._item(code, agency)}
        acts = {str(label).casefold(): value for value, label in OutsideAct.choices} | {a: a for a in OutsideAct.values}
        if code.casefold() not in acts:
            known = ", ".join(OutsideAct.values)
            raise forms.ValidationError(_("“%(code)s” is no act. Known: %(known)s.") % {"code": code, "known": known})
        return {"act": acts[code.casefold()]}

    def _item(self, code: str, agency: Agency | None) -> Any:
        paths = {agency.path} if agency else agency_paths_of_system(self.system)
        owners = Agency.objects.above(paths) | Agency.objects.within(frozenset(paths))
        items = CatalogItem.objects.with_code(code).filter(
            version__in=CatalogVersion.objects.effective_on().order_by().values("pk"),
            version__catalog__agency__in=owners.order_by().values("pk"),
        )
        found = set(items.values_list("identity", flat=True)[:2])
        if len(found) == 1:
            return found.pop()
        words = {"code": code}
        if found:
            raise forms.ValidationError(_("Several catalogs have an item “%(code)s”. Choose the agency.") % words)
        raise forms.ValidationError(_("No catalog that holds has an item “%(code)s”.") % words)


class NameForm(_OfSystem):
    """What one name stands for."""

    about = forms.ChoiceField(label=gettext_lazy("About"), choices=NameKind.choices)
    key = CleanTextField(label=gettext_lazy("Name in the other system"), max_length=200)
    target = CleanTextField(
        label=gettext_lazy("Stands for"), required=False, max_length=64,
        help_text=gettext_lazy(
            "Of a person the officer code, of a kind of work the item's code, of a state one of give, report, finish, "
            "withdraw. Leave it empty when it is not known yet."
        ),
    )  # fmt: skip
    agency = AgencyChoice(
        Agency.objects.none(), label=gettext_lazy("Agency"), required=False, empty_label=gettext_lazy("Any"),
        help_text=gettext_lazy("For somebody with two posts, and for kinds of work that are other items elsewhere."),
    )  # fmt: skip
    is_ignored = forms.BooleanField(
        label=gettext_lazy("Pass over all messages that name it"), required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, name: OutsideName | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", Agency.objects.active().within(agency_paths_of_system(self.system)))
        if name is not None:
            del self.fields["about"], self.fields["key"]
        self.name = name

    def clean(self) -> dict[str, Any]:
        """Turn what was typed into what it stands for."""
        data = super().clean() or {}
        about = self.name.about if self.name else data.get("about", "")
        code = data.get("target", "")
        if code and data.get("is_ignored"):
            self.add_error("is_ignored", _("Either it stands for something, or it is passed over."))
        elif code and about:
            try:
                data["meaning"] = self.target_of(about, code, data.get("agency"))
            except forms.ValidationError as error:
                self.add_error("target", error)
        return data


class PasteForm(_OfSystem):
    """Many names at once, as two columns out of a workbook."""

    about = forms.ChoiceField(label=gettext_lazy("About"), choices=NameKind.choices)
    lines = forms.CharField(
        label=gettext_lazy("Two columns, pasted from Excel"), widget=forms.Textarea(attrs={"rows": 12}),
        max_length=200_000,
        help_text=gettext_lazy("The name in the other system, then the officer's or the item's code, or the act."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Read every line, and name all that are wrong at once."""
        data = super().clean() or {}
        pairs: list[tuple[str, dict[str, Any]]] = []
        lines = [line for line in data.get("lines", "").splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            self.add_error("lines", _("At most %(count)d lines at once.") % {"count": MOST_LINES})
            return data
        for number, line in enumerate(lines, 1):
            key, _tab, code = (part.strip() for part in line.partition("\t"))
            try:
                if not key or not code:
                    raise forms.ValidationError(_("Two columns are needed."))
                pairs.append((key, self.target_of(data.get("about", ""), code, None)))
            except forms.ValidationError as error:
                words = {"number": number, "why": " ".join(error.messages)}
                self.add_error("lines", _("Line %(number)d: %(why)s") % words)
        return data | {"pairs": pairs}


class MessageForm(forms.Form):
    """What is done with one message."""

    ACTS = [
        ("retry", gettext_lazy("Take it up again")),
        ("accept", gettext_lazy("Correct the confirmed work as it says")),
        ("leave", gettext_lazy("Leave the work as it is, and drop the message")),
    ]  # fmt: skip
    act = forms.ChoiceField(label=gettext_lazy("What to do"), choices=ACTS, widget=forms.RadioSelect, initial="retry")
    reason = CleanTextField(
        label=gettext_lazy("Reason"), required=False, max_length=2000,
        help_text=gettext_lazy("Needed to correct the work, or to drop the message."),
    )  # fmt: skip
