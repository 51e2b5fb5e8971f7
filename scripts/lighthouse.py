"""Measure public pages with Lighthouse as on a telephone: a fresh demo province, served as production serves it.

``make lighthouse`` runs it: the middle of three runs of each page, and an exit code of 1 where a score is below GOAL.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median_low
from typing import Any

from scripts.served_demo import ROOT, served_demo

GOAL = 95
RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = (
    ("trang chủ", "/"),
    ("trang nội dung", "/gioi-thieu/"),
    ("danh mục của một cơ quan", "/danh-muc/so-tai-chinh/"),
    ("số liệu công khai", "/minh-bach/"),
    ("tin tức", "/tin-tuc/"),
)
NPM = ROOT / "scripts" / "lighthouse_npm"
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = "--headless=new --no-sandbox --disable-gpu"


def main() -> int:
    """Measure the pages; return how many scores missed the goal."""
    subprocess.run(["npm", "ci", "--ignore-scripts", "--silent"], cwd=NPM, check=True)  # noqa: S607
    with (
        tempfile.TemporaryDirectory(prefix="thuocdo-lighthouse-") as folder,
        served_demo(Path(folder), settings="cms.settings.compressed") as url,
    ):
        return sum(_measure(name, url + path, Path(folder)) for name, path in PAGES)


def _measure(name: str, address: str, folder: Path) -> int:
    """Print a page's scores as a row of docs/benchmarks.md, and what cost points; return how many missed the goal."""
    reports = [_report(address, folder / "report.json") for _run in range(RUNS)]
    scores = [
        median_low(round(100 * (report["categories"][category]["score"] or 0)) for report in reports)
        for category in CATEGORIES
    ]
    print(f"| {name} | {' | '.join(map(str, scores))} |", flush=True)
    for category, score in zip(CATEGORIES, scores, strict=True):
        if score < GOAL:
            print(f"  {category}: {', '.join(_what_cost(reports[-1], category))}", file=sys.stderr)
    return sum(score < GOAL for score in scores)


def _report(address: str, file: Path) -> dict[str, Any]:
    """Ask Lighthouse about a page, by its own profile of a telephone on a slow network."""
    browser = next(filter(None, map(shutil.which, _CHROMIUM)), "")
    command = [
        str(NPM / "node_modules" / ".bin" / "lighthouse"), address, "--quiet", "--output=json",
        f"--output-path={file}", f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={_FLAGS}",
    ]  # fmt: skip
    # On a busy machine Chromium's trace sometimes lacks its beginning, and Lighthouse asks to be run again.
    for last in (False, False, True):
        done = subprocess.run(command, check=last, env={**os.environ, "CHROME_PATH": browser})  # noqa: S603
        if done.returncode == 0:
            break
    report: dict[str, Any] = json.loads(file.read_text())
    return report


def _what_cost(report: dict[str, Any], category: str) -> list[str]:
    checks = [each["id"] for each in report["categories"][category]["auditRefs"] if each["weight"]]
    return [each for each in checks if (report["audits"][each]["score"] or 0) < 0.9]  # noqa: PLR2004


if __name__ == "__main__":
    sys.exit(min(main(), 1))
