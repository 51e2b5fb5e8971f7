"""Every write about agencies, accounts, who acts for whom and who works where. Everybody calls these."""

from cms.organisations.actions.account_setup import deliver_invitations, open_invitation, set_up_account
from cms.organisations.actions.accounts import (
    add_account,
    edit_account,
    link_identity,
    release_account,
    reset_password,
    reset_second_factor,
    set_account_active,
    unlink_identity,
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
from cms.organisations.actions.authority import (
    draft_authority_table,
    edit_authority_table,
    issue_authority_table,
    load_shipped_authority,
)
from cms.organisations.actions.delegations import DelegationValues, delegate, revoke_delegation
from cms.organisations.actions.identity_numbers import (
    IdentityRow,
    enter_identity_number,
    masked_identity_number,
    read_identity_number,
    remove_identity_number,
    reseal_identity_numbers,
    write_identity_numbers,
)
from cms.organisations.actions.invitations import (
    InvitationRow,
    invite_again,
    invite_officers,
    retry_invitations,
)
from cms.organisations.actions.memberships import (
    confirm_membership,
    end_sessions,
    grant_membership,
    refuse_membership,
    revoke_membership,
    sync_groups,
)
from cms.organisations.actions.officers import add_officer, edit_officer, note_export
from cms.organisations.actions.positions import (
    VERSIONED,
    PositionRow,
    approve_position,
    check_position_row,
    save_position,
    write_position_rows,
)
from cms.organisations.actions.postings import (
    PostingValues,
    edit_posting,
    end_posting,
    start_posting,
    transfer_posting,
)
from cms.organisations.actions.reads import note_read
from cms.organisations.actions.staff import StaffRow, StaffWritten, staff_edition, write_staff

__all__ = [
    "VERSIONED",
    "AgencyRow",
    "DelegationValues",
    "IdentityRow",
    "InvitationRow",
    "PositionRow",
    "PostingValues",
    "StaffRow",
    "StaffWritten",
    "Written",
    "add_account",
    "add_agency",
    "add_identifier_code",
    "add_officer",
    "approve_position",
    "check_position_row",
    "confirm_membership",
    "delegate",
    "deliver_invitations",
    "draft_authority_table",
    "edit_account",
    "edit_agency",
    "edit_authority_table",
    "edit_officer",
    "edit_posting",
    "end_posting",
    "end_sessions",
    "enter_identity_number",
    "grant_membership",
    "issue_authority_table",
    "link_identity",
    "load_shipped_authority",
    "masked_identity_number",
    "invite_again",
    "invite_officers",
    "move_agency",
    "note_export",
    "read_identity_number",
    "note_read",
    "open_invitation",
    "refuse_membership",
    "release_account",
    "remove_identity_number",
    "reseal_identity_numbers",
    "reset_password",
    "reset_second_factor",
    "retry_invitations",
    "revoke_delegation",
    "revoke_membership",
    "save_position",
    "set_account_active",
    "set_up_account",
    "staff_edition",
    "start_posting",
    "sync_groups",
    "transfer_posting",
    "unlink_identity",
    "write_agency_rows",
    "write_identity_numbers",
    "write_position_rows",
    "write_staff",
]
