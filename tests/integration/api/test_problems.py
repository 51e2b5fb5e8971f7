"""One error shape, whatever went wrong."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import UnreadablePostError
from django.test import RequestFactory
from rest_framework import exceptions

from api.errors import problem_handler
from api.v1.views.items import ItemList
from cms.catalogs.errors import StaleEdition
from cms.core.errors import DomainError, NotAllowed, WrongState
from importers.errors import NotStored

KEYS = {"type", "title", "status", "detail", "code", "errors", "request_id"}


def _handled(exc):
    request = SimpleNamespace(_request=RequestFactory().get("/api/v1/items/"), path="/api/v1/items/")
    return problem_handler(exc, {"request": request, "view": ItemList()})


@pytest.mark.parametrize(
    ("exc", "status", "code"),
    [
        (exceptions.ValidationError({"group": ["no"]}), 400, "invalid"),
        (exceptions.ParseError(), 400, "parse_error"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated"),
        (exceptions.AuthenticationFailed(), 401, "authentication_failed"),
        (exceptions.PermissionDenied(), 403, "permission_denied"),
        (exceptions.NotFound(), 404, "not_found"),
        (exceptions.MethodNotAllowed("POST"), 405, "method_not_allowed"),
        (exceptions.NotAcceptable(), 406, "not_acceptable"),
        (exceptions.UnsupportedMediaType("text/plain"), 415, "unsupported_media_type"),
        (exceptions.Throttled(wait=7), 429, "throttled"),
        (DomainError("no"), 400, "refused"),
        (NotAllowed("no"), 403, "not_allowed"),
        (WrongState("no"), 409, "wrong_state"),
        (WrongState("no", code="stale"), 409, "stale"),
        (StaleEdition("no"), 409, "stale"),
        (NotStored("no"), 503, "not_kept"),
        (RequestDataTooBig(), 413, "body_too_large"),
        (TooManyFieldsSent(), 400, "parse_error"),
        (UnreadablePostError(), 400, "parse_error"),
        (RuntimeError("a secret of the machine"), 500, "internal_error"),
    ],
)
def test_every_exception_becomes_a_problem(exc, status, code):
    response = _handled(exc)

    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert set(response.data) == KEYS
    assert (response.data["status"], response.data["code"]) == (status, code)
    assert response.data["title"] and response.data["detail"]
    assert "secret" not in str(response.data)


def test_a_refusal_of_the_domain_keeps_its_sentence():
    assert _handled(NotAllowed("Việc này là của cơ quan khác.")).data["detail"] == "Việc này là của cơ quan khác."


def test_errors_inside_a_field_are_told_with_their_path():
    exc = exceptions.ValidationError({"cells": {"E": ["no"], "\ud800": ["no"]}, "non_field_errors": ["no"]})

    assert [error["field"] for error in _handled(exc).data["errors"]] == ["cells.E", "cells.?", ""]


def test_every_reason_of_every_field_is_told():
    exc = exceptions.ValidationError({"a": ["one", "two"], "b": [exceptions.ErrorDetail("three", "odd")]})

    errors = _handled(exc).data["errors"]

    assert [(error["field"], error["message"]) for error in errors] == [("a", "one"), ("a", "two"), ("b", "three")]
    assert errors[2]["code"] == "odd"


def test_being_asked_too_often_says_when_to_come_back(api, monkeypatch):
    from django.core.cache import cache
    from rest_framework.throttling import AnonRateThrottle

    cache.clear()
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "2/min"})
    for _ in range(2):
        assert api.get("items/").status_code == 200

    response = api.get("items/")

    assert response.status_code == 429
    assert response.json()["code"] == "throttled"
    assert 0 < int(response["Retry-After"]) <= 60
    cache.clear()


@pytest.mark.parametrize(
    "path",
    [
        "/api/", "/api/nope/", "/api/v1/nope", "/api/v1/items/x.css", "/api/v3/", "/api/v3/pages/",
        "/api/v1/agencies/nope/", "/api/v1/catalogs/nope/versions/", "/api/v1/catalogs/nope/versions/1/",
        "/api/v1/catalogs/x/versions/1/items/1/", f"/api/v1/catalogs/x/versions/{'9' * 40}/", "/api/pages/999999/",
    ],
)  # fmt: skip
def test_an_unknown_address_is_a_problem(api, path):
    problem = api.problem(path, 404)

    assert problem["code"] == "not_found"


def test_a_missing_slash_leads_on(api, world):
    response = api.get("/api/v1/items?group=1")

    assert (response.status_code, response["Location"]) == (301, "/api/v1/items/?group=1")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/items/", "/api/v1/agencies/tinh/", "/api/v1/schema/", "/api/pages/"]
)
def test_writing_is_no_method_of_the_api(api, province, method, path):
    response = getattr(api.client(), method)(path)

    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "method_not_allowed"
    assert "GET" in response["Allow"]


def test_an_unknown_parameter_does_not_hide_that_a_method_is_not_there(api, province):
    assert api.client().patch("/api/v1/agencies/?fields=code&x=1").status_code == 405


def test_writing_to_nowhere_is_not_found(api):
    assert api.client().post("/api/v1/nope/").json()["code"] == "not_found"


def test_a_form_that_is_not_offered_is_a_problem(api):
    response = api.get("items/", headers={"Accept": "text/csv"})

    assert (response.status_code, response.json()["code"]) == (406, "not_acceptable")


def test_an_unforeseen_error_tells_nothing_but_its_request_id(api, monkeypatch, caplog):
    monkeypatch.setattr(ItemList, "get_queryset", lambda self: 1 / 0)

    problem = api.problem("items/", 500)

    assert problem["code"] == "internal_error"
    assert "division" not in str(problem)
    assert any("ZeroDivisionError" in (record.exc_text or "") for record in caplog.records)


def test_a_problem_carries_the_id_of_its_request(api):
    response = api.get("items/", nope=1)

    assert response.json()["request_id"] == response["X-Request-Id"]


def test_sentences_are_vietnamese_unless_english_is_asked_for(api):
    vietnamese, english = api.get("nope/"), api.get("nope/", headers={"Accept-Language": "en"})

    assert vietnamese.json()["title"] == "Không tìm thấy"
    assert english.json()["title"] == "Not found"
    assert vietnamese.json()["code"] == english.json()["code"]
    assert "Accept-Language" in vietnamese["Vary"]


@pytest.mark.parametrize("path", ["", "agencies/", "agencies/tinh/", "catalogs/", "versions/", "items/", "schema/"])
def test_an_unknown_parameter_is_refused_with_the_known_ones(api, province, path):
    problem = api.problem(path, 400, nhom="1")

    assert problem["code"] == "invalid"
    assert problem["errors"][0]["field"] == "nhom"
    assert problem["errors"][0]["code"] == "unknown_parameter"


def test_the_known_parameters_are_named(api):
    message = api.problem("items/", 400, q="x")["errors"][0]["message"]

    assert "effective_on" in message
    assert "page_size" in message


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("items/", {"group": "6"}), ("items/", {"group": "x"}), ("items/", {"group": "1.5"}),
        ("items/", {"version": "0"}),
        ("items/", {"effective_on": "01/06/2026"}), ("items/", {"effective_on": "2026-02-30"}),
        ("items/", {"ordering": "search_text"}), ("items/", {"ordering": "version__catalog__agency__name"}),
        ("items/", {"search": "x" * 201}), ("items/", {"field": "a\x00b"}), ("items/", {"agency": "x" * 40}),
        ("versions/", {"state": "secret"}), ("versions/", {"year": "26"}), ("versions/", {"effective_on": "today"}),
        ("agencies/", {"kind": "ministry"}), ("agencies/", {"block": "x"}), ("catalogs/", {"kind": "x"}),
    ],
)  # fmt: skip
def test_an_unknown_value_is_refused(api, province, path, params):
    problem = api.problem(path, 400, **params)

    assert problem["errors"][0]["field"] == next(iter(params))
