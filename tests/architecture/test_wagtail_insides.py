"""What we use of Wagtail's insides is listed with its reason, and an upgrade that changes it is noticed."""

import hashlib
import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest
import wagtail
from django.utils.module_loading import import_string

from tests.architecture.test_files import PACKAGES, ROOT
from tests.architecture.wagtail_insides import INSIDES

NAMES = {inside.name for inside in INSIDES}
OF_WAGTAIL = Path(wagtail.__file__).parent
# Where the documentation promises classes to subclass, it is by attributes and methods that it names; not so here.
UNDOCUMENTED = (
    "wagtail.actions.",
    "wagtail.admin.api.",
    "wagtail.admin.views.",
    "wagtail.api.v2.",
    "wagtail.management.",
)
# Django's own, or made by metaclasses.
OF_DJANGO = {"get_context_data", "get_template_names", "media", "model"}
MADE = {
    "_clean_parent_page_models", "_clean_subpage_models", "_declared_fields", "_meta", "_meta_class", "_revisions",
    "_specific_workflow_states", "_workflow_states",
}  # fmt: skip


def source_of(name: str) -> str:
    """Return the source of a template of Wagtail's, or of a class, function or property."""
    if name.endswith(".html"):
        (path,) = OF_WAGTAIL.glob(f"**/templates/{name}")
        return path.read_text(encoding="utf-8")
    owner, _dot, last = name.rpartition(".")
    try:
        found = import_string(name)
    except ImportError:
        found = inspect.getattr_static(import_string(owner), last)
    return inspect.getsource(getattr(found, "func", None) or getattr(found, "fget", None) or found)


def digest_of(name: str) -> str:
    """Return the digest of a source as it is now."""
    return hashlib.sha256(source_of(name).encode()).hexdigest()[:12]


@pytest.mark.parametrize("inside", INSIDES, ids=lambda inside: inside.name)
def test_wagtail_is_still_as_we_found_it(inside):
    now = digest_of(inside.name)

    assert now == inside.digest, (
        f"Wagtail {wagtail.__version__} changed {inside.name}, which we use because: {inside.reason}. Compare its"
        f" source with ours, try the screen, then write {now} into tests/architecture/wagtail_insides.py."
    )


def test_every_template_that_stands_before_one_of_wagtails_is_listed():
    served = [
        path for path in OF_WAGTAIL.glob("**/templates/**/*.html") if not path.is_relative_to(OF_WAGTAIL / "test")
    ]
    theirs = {str(path).rpartition("/templates/")[2] for path in served if "project_template" not in path.parts}
    folders = [folder for package in PACKAGES for folder in (ROOT / package).glob("**/templates")]
    ours = {str(path.relative_to(folder)) for folder in folders for path in folder.glob("**/*.html")}

    assert ours & theirs == {name for name in NAMES if name.endswith(".html")}


def test_every_undocumented_method_that_we_override_is_listed():
    assert sorted({name for name in overridden() if not is_listed(name)}) == []


def overridden() -> list[str]:
    """Return the paths of what classes of ours put in place of Wagtail's insides."""
    for package in PACKAGES[:-1]:
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if ".migrations" not in module.name and ".settings" not in module.name and ".demo" not in module.name:
                importlib.import_module(module.name)
    found = []
    for whole in subclasses_of(object):
        for place, ours in enumerate(whole.__mro__):
            if str(ours.__module__).split(".")[0] in PACKAGES:
                replaced = replaced_by(ours, whole.__mro__[place + 1 :])
                found += [f"{theirs.__module__}.{theirs.__qualname__}.{name}" for name, theirs in replaced]
    return found


def replaced_by(ours: type, below: tuple[type, ...]) -> list[tuple[str, type]]:
    """Return the names that a class defines, with the class of Wagtail's below it from which it takes each."""
    replaced = []
    for name, value in vars(ours).items():
        theirs = next((base for base in below if name in vars(base)), object)
        is_method = callable(value) or hasattr(value, "__get__")
        is_hidden = name.startswith("_") and name not in MADE
        is_inside = theirs.__module__.startswith(UNDOCUMENTED) and is_method and name not in OF_DJANGO
        if not name.startswith("__") and theirs.__module__.startswith("wagtail.") and (is_hidden or is_inside):
            replaced.append((name, theirs))
    return replaced


def subclasses_of(top: type) -> set[type]:
    """Return every class below another that has been imported."""
    found, waiting = set(), [top]
    while waiting:
        new = {one for one in type.__subclasses__(waiting.pop()) if isinstance(one.__dict__.get("__module__"), str)}
        waiting += new - found
        found |= new
    return found


def is_listed(name: str) -> bool:
    """Return whether the method, or its class as a whole, is listed; a class also under the shorter path."""
    owner, _dot, _last = name.rpartition(".")
    return name in NAMES or owner in NAMES or any(import_or_none(one) is import_string(owner) for one in NAMES)


def import_or_none(name: str) -> object:
    """Return what a path names, if it names something that can be imported."""
    try:
        return import_string(name)
    except ImportError:
        return None
