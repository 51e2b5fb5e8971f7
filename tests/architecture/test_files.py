"""What holds for every file of the project."""

import importlib.metadata
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("cms", "catalog_pages", "importers", "api", "scripts")
LONGEST = 500
# Hosts of package registries, folders of somebody's machine, and marks of unfinished work. Spelt in pieces, so that
# this file does not find itself.
FORBIDDEN = re.compile(
    "|".join([
        r"pypi\." + r"org", r"pythonhosted\." + "org", r"npmjs\." + "(org|com)", r"--(extra-)?index-" + "url",
        r"--find-" + "links", r"--trusted-" + "host", r"(?<![\w/.])/(root|work|home)" + r"/\w", r"\bTO" + r"DO\b",
        r"\bFIX" + r"ME\b", r"\bXX" + r"X\b",
    ])
)  # fmt: skip
# These two say which options of the lock must not be written out.
SPEAKS_OF_LOCKS = {"scripts/lock.sh"}
BINARY = {".xlsx", ".xls", ".ods", ".png", ".jpg", ".woff2", ".ico", ".docx", ".zip", ".gz"}


def tracked() -> list[str]:
    """Return the names of the files that git keeps, or would keep, and that are there."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def code() -> list[str]:
    """Return the names of our Python files, without tests and migrations."""
    return [
        name
        for name in tracked()
        if name.endswith(".py") and name.split("/")[0] in PACKAGES and "/migrations/" not in name
    ]


def test_no_file_is_called_utils():
    assert [name for name in tracked() if name.rsplit("/", 1)[-1] in {"utils.py", "helpers.py", "misc.py"}] == []


def test_no_file_of_code_is_too_long():
    lengths = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in code()}

    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_nothing_speaks_of_registries_of_this_machine_or_of_work_left_over():
    found = []
    for name in tracked():
        if name in SPEAKS_OF_LOCKS or any(name.endswith(ending) for ending in BINARY):
            continue
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if FORBIDDEN.search(line):
                found.append(f"{name}:{number}: {line.strip()[:100]}")

    assert found == []


def test_no_module_imports_everything():
    modules = ("compressed", "development", "production", "test")
    settings = {f"cms/settings/{module}.py" for module in modules}
    found = [
        name for name in code() if re.search(r"^from .* import \*", (ROOT / name).read_text(encoding="utf-8"), re.M)
    ]

    assert set(found) <= settings


@pytest.mark.parametrize("name", ["base.txt", "production.txt", "dev.txt"])
def test_every_locked_package_carries_a_version_and_hashes(name):
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    packages = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", text).strip())

    assert len(packages) > 50
    assert [
        entry for entry in packages if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry, re.S)
    ] == []


# Named by settings alone, or parsed by from another package.
RUNS_UNSEEN = {"defusedxml", "django-tasks-db", "tzdata", "whitenoise"}


def test_every_package_that_is_asked_for_is_used():
    asked = re.findall(r"(?m)^[a-z][\w-]*", (ROOT / "requirements" / "base.in").read_text(encoding="utf-8"))
    sources = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in code())
    imported = set(re.findall(r"(?m)^\s*(?:import|from) (\w+)", sources))
    modules = importlib.metadata.packages_distributions()
    used = {package.lower().replace("_", "-") for module in imported for package in modules.get(module, [])}

    assert set(asked) - used == RUNS_UNSEEN


def test_locks_of_development_hold_what_production_runs():
    def versions(name: str) -> set[str]:
        return set(re.findall(r"(?m)^[\w.-]+==\S+", (ROOT / "requirements" / name).read_text(encoding="utf-8")))

    assert versions("base.txt") < versions("production.txt") < versions("dev.txt")


def test_the_example_environment_names_every_variable():
    asked = set()
    for path in sorted((ROOT / "cms" / "settings").glob("*.py")):
        asked |= set(re.findall(r"[eE]nv(?:\(\))?(?:\.\w+)?\(\s*\"([A-Z_]+)\"", path.read_text(encoding="utf-8")))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    assert {name for name in asked if f"{name}=" not in example} == set()
    assert "THUOCDO_SECRET_KEY" in asked
