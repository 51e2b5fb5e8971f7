"""Every write about agencies, accounts and who acts for whom. Admin, commands and tests all call these."""

from cms.organisations.actions.accounts import (
    add_account,
    edit_account,
    reset_password,
    reset_second_factor,
    set_account_active,
)
from cms.organisations.actions.agencies import (
    AgencyRow,
    Written,
    add_agency,
    add_identifier_code,
    edit_agency,
    move_agency,
    write_agency_rows,
)
from cms.organisations.actions.memberships import (
    confirm_membership,
    end_sessions,
    grant_membership,
    revoke_membership,
    sync_groups,
)

__all__ = [
    "AgencyRow",
    "Written",
    "add_account",
    "add_agency",
    "add_identifier_code",
    "confirm_membership",
    "edit_account",
    "edit_agency",
    "end_sessions",
    "grant_membership",
    "move_agency",
    "reset_password",
    "reset_second_factor",
    "revoke_membership",
    "set_account_active",
    "sync_groups",
    "write_agency_rows",
]
