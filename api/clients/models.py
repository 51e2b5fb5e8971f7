"""Programs that ask with a token, and the tokens, of which only a digest is kept."""

from __future__ import annotations

import datetime
import hashlib
import ipaddress

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.text import fold
from cms.organisations.models import Agency

# Tokens of an hour are kept so long after their end.
RETENTION = datetime.timedelta(days=1)


class Scope(models.TextChoices):
    """What a token may be used for; which rows it reaches follows from the agency."""

    CATALOGS_READ = "catalogs:read", _("Read catalogs, with the agency's own drafts")
    CATALOGS_WRITE = "catalogs:write", _("Write the drafts of the agency's own catalogs")
    ASSIGNMENTS_READ = "assignments:read", _("Read the work of officers of its systems' agencies")
    ASSIGNMENTS_WRITE = "assignments:write", _("Write work as the external systems that it speaks for")
    IMPORTS_WRITE = "imports:write", _("Send catalog files, confirm them and take them back")
    EVALUATIONS_READ = "evaluations:read", _("Read the agency's evaluation periods, and where each evaluation stands")
    RESULTS_READ = "results:read", _("Read the results that were decided in the agency")
    FIGURES_READ = "figures:read", _("Read figures from outside of the agency's officers and units")
    FIGURES_WRITE = "figures:write", _("Send figures from outside of the agency's officers and units")
    CURATION_READ = "curation:read", _("Ask what works are like, and of the whole province read what is judged of them")
    CURATION_WRITE = "curation:write", _("Of the whole province, judge which works are the same")
    PROPOSALS_READ = "proposals:read", _("Read proposals about items of the agency's list, and their answers")
    PROPOSALS_WRITE = "proposals:write", _("Propose changes of items of the agency's list")
    WEBHOOKS_MANAGE = "webhooks:manage", _("See what came of its webhooks, and have events sent again")


class ApiClientQuerySet(models.QuerySet["ApiClient"]):
    """Reads over clients."""

    def search(self, text: str) -> ApiClientQuerySet:
        """Return clients whose name or agency holds every word, with or without diacritics."""
        found = self
        for word in fold(text).split():
            matches = models.Q(user__search_text__contains=word) | models.Q(agency__search_text__contains=word)
            found = found.filter(matches)
        return found


class ApiClient(models.Model):
    """A program of an agency. It acts by an account of its own, which nobody can sign in to."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="api_client")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    name = models.CharField(_("name of the program"), max_length=150)
    scopes = models.JSONField(_("what it may do"), default=list)
    # Networks that it asks from, as "10.0.0.0/8"; from anywhere without any.
    networks = models.JSONField(_("networks"), default=list)
    # By what it names itself when it asks for tokens of its own accord (OAuth2); nothing until it may.
    oauth_id = models.CharField(max_length=32, unique=True, null=True)  # noqa: DJ001
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(_("added at"), default=timezone.now)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    objects = ApiClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("API client")
        verbose_name_plural = _("API clients")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def may_ask_from(self, address: str) -> bool:
        """Return whether an IP address lies in one of the networks, or anywhere will do."""
        if not self.networks:
            return True
        try:
            asking = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(asking in ipaddress.ip_network(network) for network in self.networks)


class StoredSecret(models.Model):
    """A secret text that stands for a client until a day: it has 256 random bits, and only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    # The first characters, by which people tell secrets apart.
    hint = models.CharField(max_length=12)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    last_used_at = models.DateTimeField(_("last used at"), null=True)
    last_used_from = models.GenericIPAddressField(_("last used from"), null=True)

    class Meta:
        abstract = True
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.hint}…"

    @staticmethod
    def digest_of(secret: str) -> str:
        """Return what is kept of a secret: of so many random bits a plain digest cannot be turned back."""
        return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


class ApiSecret(StoredSecret):
    """What a client says to get tokens of an hour (OAuth2, client credentials)."""

    client = models.ForeignKey(ApiClient, models.CASCADE, related_name="secrets")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def shown(self) -> ApiTokenQuerySet:
        """Return those that a person was shown; the others a program got for its secret, every hour anew."""
        return self.filter(granted_for__isnull=True)

    def outlived(self) -> ApiTokenQuerySet:
        """Return tokens of an hour that ended long enough ago for nobody to ask about them."""
        return self.filter(granted_for__isnull=False, expires_at__lt=timezone.now() - RETENTION)


class ApiToken(StoredSecret):
    """What a client sends with each request."""

    client = models.ForeignKey(ApiClient, models.CASCADE, related_name="tokens")
    # A part of what the client may do; null for all of it.
    scopes = models.JSONField(_("what it may do"), null=True)
    # The secret for which the client got it; null where a person made it.
    granted_for = models.ForeignKey(ApiSecret, models.CASCADE, null=True, related_name="tokens")

    objects = ApiTokenQuerySet.as_manager()

    @property
    def holds(self) -> bool:
        """Return whether the token still stands for its client."""
        return self.client.revoked_at is None and self.expires_at > timezone.now()

    @property
    def opens(self) -> list[str]:
        """Return the scopes that it is good for: never more than its client has now."""
        return [scope for scope in self.client.scopes if self.scopes is None or scope in self.scopes]
