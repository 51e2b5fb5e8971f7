"""Personal identity numbers sealed with keys from the environment; nothing else of the platform can open them.

``THUOCDO_IDENTITY_KEYS`` holds Fernet keys. The first one seals, all of them open. So a key is changed by putting a new
one in front, running ``manage.py rotate_identity_keys`` and taking the old one away.
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _

from cms.organisations.errors import IdentityNumbersSealed


def _keys() -> list[str]:
    if not settings.THUOCDO_IDENTITY_KEYS:
        raise IdentityNumbersSealed(
            _("Identity numbers are not kept on this installation: THUOCDO_IDENTITY_KEYS is not set.")
        )
    return list(settings.THUOCDO_IDENTITY_KEYS)


def seal(officer_id: int, number: str) -> str:
    """Return the number as it is kept. It opens for this officer alone: rows cannot be exchanged in the database."""
    return Fernet(_keys()[0]).encrypt(f"{officer_id}:{number}".encode()).decode()


def unseal(officer_id: int, sealed: str) -> str:
    """Return the number. Raises ``IdentityNumbersSealed`` where no key opens it or it was sealed for somebody else."""
    try:
        opened = MultiFernet([Fernet(key) for key in _keys()]).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise IdentityNumbersSealed(_("No key of THUOCDO_IDENTITY_KEYS opens this identity number.")) from error
    owner, _colon, number = opened.partition(":")
    if owner != str(officer_id):
        raise IdentityNumbersSealed(_("This identity number was sealed for another officer."))
    return number


def fingerprints(number: str) -> list[str]:
    """Return by what the number is found again without being opened: one for each key, that of the first key first."""
    return [hmac.new(key.encode(), number.encode(), hashlib.sha256).hexdigest() for key in _keys()]
