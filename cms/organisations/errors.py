"""Refusals about agencies, accounts and roles."""

from collections.abc import Sequence

from django.utils.translation import ngettext

from cms.core.errors import DomainError


class CannotGrantToSelf(DomainError):
    """Nobody gives themselves a role, nor takes part in their own promotion."""

    code = "cannot_grant_to_self"


class SecondPersonNeeded(DomainError):
    """The one who granted a role is not the one who confirms it."""

    code = "second_person_needed"


class DutiesApart(DomainError):
    """Administration of the system and power over content are not held by one person (security rule 1)."""

    code = "duties_apart"


class InvalidAgency(DomainError):
    """What was said about the agency cannot be true: a code twice, a tree that bites its tail, dates out of order."""

    code = "invalid_agency"


class InvalidMembership(DomainError):
    """The membership cannot be: held already, or ending before it begins."""

    code = "invalid_membership"


class InvalidAccount(DomainError):
    """The account cannot be: a username that is taken, an address that is none."""

    code = "invalid_account"


class InvalidOfficer(DomainError):
    """The officer cannot be: a code that is taken, no name."""

    code = "invalid_officer"


class InvalidPosting(DomainError):
    """The posting cannot be: two main ones at a time, days out of order, an agency that no longer exists."""

    code = "invalid_posting"


class InvalidPosition(DomainError):
    """The position cannot be: a code or a name that is taken."""

    code = "invalid_position"


class InvalidDelegation(DomainError):
    """The delegation cannot be: to oneself, backwards in time, twice at one time, or managers in a circle."""

    code = "invalid_delegation"


class InvalidAuthorityTable(DomainError):
    """The table cannot be: issued already, without decision or day, or for days that are over."""

    code = "invalid_authority_table"


class InvalidIdentityNumber(DomainError):
    """What was entered is no identity number, is another officer's, or is asked for without a reason."""

    code = "invalid_identity_number"


class IdentityNumbersSealed(DomainError):
    """No key opens the number, or the installation has none."""

    code = "identity_numbers_sealed"


class IdentityNumbersRefused(DomainError):
    """A list of identity numbers, none of which was kept; ``problems``: row in the sheet, officer's code, sentence."""

    code = "identity_numbers_refused"

    def __init__(self, problems: Sequence[tuple[int, str, str]]) -> None:
        self.problems = problems
        count = len(problems)
        sentence = ngettext(
            "Nothing was kept: %(count)d row is wrong.", "Nothing was kept: %(count)d rows are wrong.", count
        )
        super().__init__(sentence % {"count": count})


class UnknownIdentity(DomainError):
    """The identity provider names nobody, two people, somebody without an account, or another person than before."""

    code = "unknown_identity"


class InvalidInvitations(DomainError):
    """Some officers cannot be given an account; ``sentences`` says each of them, and nothing was written."""

    code = "invalid_invitations"

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class LinkDoesNotHold(DomainError):
    """A set-up link that was used, replaced, has expired, or belongs to a closed account."""

    code = "link_does_not_hold"
