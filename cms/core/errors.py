"""The one base of every refusal that a person can understand and mend."""

from typing import Any


class DomainError(Exception):
    """A rule of the domain refused the act; nothing was written.

    ``code`` is stable and machine readable; ``str(error)`` is a sentence for the person who asked, in their language.
    """

    code = "refused"

    def __init__(self, message: Any, *, code: str | None = None, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.params = params

    def __str__(self) -> str:
        return str(self.message)


def require_words(words: str, refusal: DomainError) -> str:
    """Return words that have to be given, without the blanks around them; raise the refusal where there are none."""
    if not (stripped := words.strip()):
        raise refusal
    return stripped


class NotAllowed(DomainError):
    """The person may see the thing but not do this with it."""

    code = "not_allowed"


class WrongState(DomainError):
    """The thing is not in a state in which this can be done."""

    code = "wrong_state"


class StorageUnreachable(DomainError, OSError):
    """The store of files does not answer or refuses us; nothing was kept, and what was kept is still there."""

    code = "storage_unreachable"
