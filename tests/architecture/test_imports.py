"""Who may import whom: the contracts of pyproject.toml, and the relations that no import shows."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

# From the lowest rung to the highest; apps on one rung do not know each other.
RUNGS = [
    {"core"},
    {"users"},
    {"audit"},
    {"organisations"},
    {"notices"},
    {"catalogs", "frameworks", "help"},
    {"fairness"},
    {"assignments"},
    {"evaluations"},
    {"questions"},
    {"curation"},
    {"changesets"},
    {"national_db"},
    {"catalog_pages"},
    {"importers"},
    {"api"},
]
RUNG = {label: height for height, labels in enumerate(RUNGS) for label in labels}
ROOMS = {"cms", "catalog_pages", "importers", "api"}
OURS = [config for config in apps.get_app_configs() if config.name.split(".")[0] in ROOMS]


def reaches(source: str, target: str) -> bool:
    """Return whether an app may point to another: to itself, or to one below it."""
    return source == target or RUNG[target] < RUNG[source]


def test_imports_keep_to_the_contracts(pytestconfig):
    # In a process of its own: it would switch off every logger that other tests listen to.
    linter = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run([linter, "--no-cache"], cwd=pytestconfig.rootpath, capture_output=True, text=True)

    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("config", [config for config in OURS if "Wagtail" not in type(config).__name__], ids=str)
def test_every_app_has_its_rung(config):
    assert config.label in RUNG


def test_no_relation_points_to_an_upper_app():
    ours = {config.label for config in OURS}
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for config in OURS
        for model in config.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
        if field.related_model._meta.app_label in ours
        if not reaches(model._meta.app_label, field.related_model._meta.app_label)
    ]

    assert upward == []


def test_a_relation_upward_would_be_noticed():
    assert reaches("catalogs", "organisations")
    assert not reaches("organisations", "catalogs")
    assert not reaches("importers", "api")


def test_pandas_is_not_there_until_a_trial_compares(pytestconfig):
    # Half a second and some 60 MB in each process that serves, if it were.
    served = "import django, sys; django.setup(); import cms.urls, api.urls; sys.exit('pandas' in sys.modules)"
    command = [sys.executable, "-c", served]

    assert subprocess.run(command, cwd=pytestconfig.rootpath, capture_output=True).returncode == 0
