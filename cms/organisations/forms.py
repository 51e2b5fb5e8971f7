"""Forms of the screens about agencies, accounts and memberships; the actions check again what they are given."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.organisations.enums import AgencyKind, Block
from cms.organisations.identifier_codes import clean_code, form_of
from cms.organisations.models import Agency, Membership
from cms.users.enums import Role
from cms.users.models import User


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Return a date field that is typed and shown as dd/mm/yyyy."""
    widget = forms.DateInput(attrs={"placeholder": "dd/mm/yyyy", "autocomplete": "off"})
    return forms.DateField(label=label, widget=widget, localize=True, **options)


class AgencyChoice(forms.ModelChoiceField):
    """An agency out of the tree, indented as it stands there."""

    def label_from_instance(self, obj: Agency) -> str:
        """Return the name behind a mark for each step down."""
        return "— " * (obj.depth - 1) + f"{obj.name} ({obj.code})"


class PersonChoice(forms.ModelChoiceField):
    """An account by the name of its owner."""

    def label_from_instance(self, obj: User) -> str:
        """Return the name, and the username that tells namesakes apart."""
        return f"{obj.full_name} ({obj.username})"


def offer(form: forms.BaseForm, name: str, choices: QuerySet[Any, Any]) -> None:
    """Let the field choose among the rows; they are read when the form is made, not when the module is loaded."""
    cast(forms.ModelChoiceField, form.fields[name]).queryset = choices


class AgencyAddForm(forms.ModelForm):
    """A new agency below another."""

    parent = AgencyChoice(Agency.objects.none(), label=_("Under"), empty_label=None)

    class Meta:
        model = Agency
        fields = ["code", "name", "kind", "block", "item_prefix"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent", Agency.objects.active())
        self.fields["parent"].required = Agency.objects.exists()
        self.order_fields(["parent"])


class AgencyEditForm(forms.ModelForm):
    """What may change about an agency; its code lasts."""

    class Meta:
        model = Agency
        fields = ["name", "kind", "block", "item_prefix"]


class AgencyMoveForm(forms.Form):
    """Where to move an agency with all that is below it."""

    parent = AgencyChoice(Agency.objects.none(), label=_("Move under"))

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent", Agency.objects.active().exclude(path__startswith=agency.path))


class AgencyDissolveForm(forms.Form):
    """The day on which an agency ceased to exist."""

    dissolved_on = day_field(
        _("Dissolved on"), required=False, help_text=_("Leave it empty when the agency still exists after all.")
    )


class IdentifierCodeForm(forms.Form):
    """A new identifier code and its first day."""

    value = forms.CharField(
        label=_("Identifier code"), max_length=64, help_text=_("Old form 000.00.00.H49 or new form H49.1.2.")
    )
    valid_from = day_field(_("Valid from"), initial=timezone.localdate)

    def clean_value(self) -> str:
        """Return the code as it is kept."""
        value = clean_code(self.cleaned_data["value"])
        if form_of(value) is None:
            raise forms.ValidationError(_("Write it like 000.00.00.H49 or H49.1.2."))
        return value


class SmallListForm(forms.Form):
    """The workbook with a list of agencies or positions."""

    file = forms.FileField(
        label=_("Excel file (.xlsx)"),
        help_text=_("At most 2 MB and 5,000 rows, with the columns of the downloaded list."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class AgencyFilterForm(forms.Form):
    """What narrows the list of agencies."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *AgencyKind.choices])
    block = forms.ChoiceField(label=_("Block"), required=False, choices=[("", _("All")), *Block.choices])
    existing = forms.BooleanField(label=_("Existing only"), required=False)


class MembershipGrantForm(forms.Form):
    """Who acts in which role for which agency, from when to when."""

    user = PersonChoice(User.objects.none(), label=_("Person"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    agency = AgencyChoice(Agency.objects.none(), label=_("Agency"))
    scope_block = forms.ChoiceField(
        label=_("Over the block"), required=False, choices=[("", _("All")), *Block.choices],
        help_text=_(
            "For roles that appraise or approve: the catalogs of this block alone, not of the whole province."
        ),
    )  # fmt: skip
    scope_agency = AgencyChoice(
        Agency.objects.none(), label=_("Over the agency and below"), required=False, empty_label=_("All"),
        help_text=_("In place of a block: the catalogs of this agency and of what is below it alone."),
    )  # fmt: skip
    valid_from = day_field(_("From"), initial=timezone.localdate)
    valid_to = day_field(_("To"), required=False, help_text=_("Leave it empty when no end is set."))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = User.objects.filter(is_active=True).exclude(pk=by.pk)
        offer(self, "user", others.order_by("full_name", "pk"))
        offer(self, "agency", Agency.objects.active())
        offer(self, "scope_agency", Agency.objects.active())

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("valid_from"), values.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day is before the first."))
        return values


class ReasonForm(forms.Form):
    """Why something is done; the reason stays in the audit ledger."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class MembershipFilterForm(forms.Form):
    """What narrows the list of memberships."""

    q = forms.CharField(label=_("Person"), required=False, max_length=200)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All")), *Role.choices])
    agency = AgencyChoice(Agency.objects.all(), label=_("Agency"), required=False, empty_label=_("All"))
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Current")), ("waiting", _("Waiting for a second person")), ("ended", _("Ended"))],
    )

    def narrow(self) -> Any:
        """Return the memberships that the filter leaves."""
        values = self.cleaned_data if self.is_valid() else {}
        state = values.get("state")
        found = {"waiting": Membership.objects.unconfirmed, "ended": Membership.objects.ended}.get(
            state or "", Membership.objects.current
        )()
        condition = Q()
        if values.get("q"):
            condition &= Q(user__in=User.objects.search(values["q"]))
        if values.get("role"):
            condition &= Q(role=values["role"])
        if values.get("agency"):
            condition &= Q(agency__path__startswith=values["agency"].path)
        return found.filter(condition)


class AccountForm(forms.ModelForm):
    """A new account: nothing in it gives rights."""

    full_name = forms.CharField(label=_("Full name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"), required=False)

    class Meta:
        model = User
        fields = ["username", "full_name", "email"]


class AccountEditForm(AccountForm):
    """The name and address of an account; the username lasts."""

    class Meta:
        model = User
        fields = ["full_name", "email"]


class AccountFilterForm(forms.Form):
    """What narrows the list of accounts."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), ("open", _("Open")), ("closed", _("Closed"))]
    )
