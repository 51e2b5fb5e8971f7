"""Forms of the screens about officers, postings and positions; the actions check again what they are given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.organisations.access import access_for
from cms.organisations.actions import PostingValues
from cms.organisations.enums import PostingRole, StaffCategory
from cms.organisations.forms import AgencyChoice, day_field, offer
from cms.organisations.models import Agency, AgencyQuerySet, Officer, Position, PositionGroup, Posting
from cms.organisations.models.officers import OfficerQuerySet, PostingQuerySet
from cms.organisations.models.positions import MAX_TEXT
from cms.organisations.permissions import agencies_staffed_by, can_link_accounts
from cms.users.enums import APPRAISING_ROLES
from cms.users.models import User


class PositionChoice(forms.ModelChoiceField):
    """A position, with its group, which tells namesakes apart."""

    def label_from_instance(self, obj: Position) -> str:
        """Return the name and the group."""
        return f"{obj.name} – {obj.group.name}"


class FieldsField(forms.CharField):
    """Fields in charge, one a line or parted by semicolons."""

    def __init__(self, **options: Any) -> None:
        help_text = _("One a line. A deputy: fields of work, or units below by name or code. Staff: what they work in.")
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=help_text, **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [part.strip() for part in str(super().clean(value)).replace(";", "\n").splitlines() if part.strip()]


class ByForm(forms.Form):
    """A form that offers what the person who fills it in may choose."""

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by


class OfficerFilterForm(ByForm):
    """What narrows the list of officers."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=200)
    agency = AgencyChoice(Agency.objects.none(), label=_("Agency"), required=False, empty_label=_("All"))
    group = forms.ModelChoiceField(
        PositionGroup.objects.all(), label=_("Position group"), required=False, empty_label=_("All")
    )
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All")), *PostingRole.choices])
    day = day_field(_("On the day"), required=False, initial=timezone.localdate)
    everybody = forms.BooleanField(label=_("Past and future too"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", readable_agencies(self.by))
        self.is_valid()

    def filters(self) -> dict[str, Any]:
        """Return what was asked for; what cannot be read narrows nothing."""
        return dict(self.cleaned_data) if self.is_bound else {}

    def postings(self) -> PostingQuerySet:
        """Return the visible postings that were asked for, on the day unless those of all times were."""
        filters, postings = self.filters(), Posting.objects.visible_to(self.by)
        if not filters.get("everybody"):
            postings = postings.on(filters.get("day") or timezone.localdate())
        if filters.get("agency"):
            postings = postings.within(filters["agency"])
        if filters.get("group"):
            postings = postings.filter(position__group=filters["group"])
        return postings.filter(role=filters["role"]) if filters.get("role") else postings

    def officers(self) -> OfficerQuerySet:
        """Return the visible officers who have one of those postings."""
        seen: OfficerQuerySet = Officer.objects.visible_to(self.by)
        return seen.search(self.filters().get("q", "")).posted(self.postings())


def readable_agencies(user: Any) -> AgencyQuerySet:
    """Return the agencies whose officers a person reads."""
    access = access_for(user)
    return Agency.objects.all() if access.has(*APPRAISING_ROLES) else access.own_agencies()


class OfficerForm(ByForm):
    """Who an officer is. Which account is theirs is for Sở Nội vụ to say."""

    code = forms.CharField(
        label=_("Officer code"), max_length=64, help_text=_("The officer's own in the whole province; it lasts.")
    )
    name = forms.CharField(label=_("Full name"), max_length=150)
    category = forms.ChoiceField(label=_("Staff category"), choices=StaffCategory.choices)
    account = forms.CharField(
        label=_("Account"), required=False, max_length=150, help_text=_("The username with which the officer signs in.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_link_accounts(self.by):
            del self.fields["account"]

    def clean_account(self) -> User | None:
        """Return the account of the username."""
        username = self.cleaned_data["account"]
        account = User.objects.filter(username=username).first() if username else None
        if username and account is None:
            raise forms.ValidationError(_("No account has this username."))
        return account


class OfficerEditForm(OfficerForm):
    """What may change about an officer; the code lasts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["code"]


class PostingPartForm(ByForm):
    """As what an officer works, from when to when."""

    position = PositionChoice(Position.objects.none(), label=_("Job position"))
    role = forms.ChoiceField(label=_("Role"), choices=PostingRole.choices)
    is_main = forms.BooleanField(label=_("Main posting"), required=False, initial=True)
    valid_from = day_field(_("From"), initial=timezone.localdate)
    valid_to = day_field(_("To"), required=False, help_text=_("Leave it empty when no end is set."))
    fields_in_charge = FieldsField(label=_("Fields in charge"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "position", Position.objects.select_related("group"))


class CorrectionForm(PostingPartForm):
    """What was written down wrong about a posting, and why it is corrected."""

    reason = forms.CharField(label=_("Reason or decision"), max_length=500)


class BeliefForm(forms.Form):
    """About which day is asked, as it was known on which day."""

    about = day_field(_("On the day"), initial=timezone.localdate)
    believed = day_field(_("As known on the day"), initial=timezone.localdate)


class PostingForm(PostingPartForm):
    """A new posting at one of the agencies for which the person writes."""

    agency = AgencyChoice(Agency.objects.none(), label=_("Agency"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies_staffed_by(self.by).active())
        self.order_fields(["agency"])

    def values(self) -> PostingValues:
        """Return what was typed as the action takes it."""
        return PostingValues(**{name: self.cleaned_data[name] for name in PostingForm.base_fields})


class OfficerAddForm(OfficerForm, PostingForm):
    """A new officer with a first posting."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["code", "name", "category", "account", "agency"])


class TransferForm(PostingForm):
    """Where an officer goes, and why."""

    reason = forms.CharField(label=_("Reason or decision"), required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].label = _("First day at the new place")


class EndForm(ByForm):
    """The last day of a posting, and why."""

    last_day = day_field(_("Last day"), initial=timezone.localdate)
    reason = forms.CharField(label=_("Reason or decision"), required=False, max_length=500)


class PositionForm(forms.ModelForm):
    """A position with what the draft of its next version says; the code stays as it was first typed."""

    agency = AgencyChoice(
        Agency.objects.none(),
        label=_("Scope"),
        required=False,
        empty_label=_("The whole province"),
        help_text=_("The agency and what is below it; leave it empty for the whole province."),
    )
    description = forms.CharField(
        label=_("Job description"), required=False, max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 6})
    )
    competency = forms.CharField(
        label=_("Competency framework"), required=False, max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 6})
    )

    class Meta:
        model = Position
        fields = ["code", "name", "kind", "group", "agency"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", Agency.objects.active())
        if self.instance.pk:
            self.fields["code"].disabled = True
            offer(self, "agency", Agency.objects.filter(Q(dissolved_on__isnull=True) | Q(pk=self.instance.agency_id)))


class PositionApprovalForm(forms.Form):
    """By which decision a draft was approved, and from when it holds."""

    number = forms.CharField(label=_("Approval number"), max_length=100)
    approved_on = day_field(_("Day of approval"), initial=timezone.localdate)
    effective_from = day_field(_("Takes effect on"), initial=timezone.localdate)


class PositionFilterForm(forms.Form):
    """What narrows the list of positions."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    group = forms.ModelChoiceField(
        PositionGroup.objects.all(), label=_("Position group"), required=False, empty_label=_("All")
    )
