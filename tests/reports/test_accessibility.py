"""The HTML report in Chromium: no violation that axe knows, and nothing to scroll sideways on a
telephone.
"""

from __future__ import annotations

import html as markup
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.reports.builders import material, some_figures
from xlplan.plan.figures.further import PublishedTotal
from xlplan.reports.figures import figures
from xlplan.reports.formats.html import html

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
AXE = Path(os.environ.get("XLPLAN_AXE", "node_modules/axe-core/axe.min.js"))
RULES = '{runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}'
PRINT = """<script>
addEventListener("load", async () => {
  let said;
  try { said = await CHECK; } catch (trouble) { said = {failed: String(trouble)}; }
  const out = document.createElement("pre");
  out.id = "said";
  out.textContent = JSON.stringify(said);
  document.body.append(out);
});
</script>"""

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
needs_axe = pytest.mark.skipif(
    not AXE.is_file(), reason="axe-core is not there: set XLPLAN_AXE to its axe.min.js"
)


def said_in_chromium(page: str, check: str, folder: Path, *, scripts: str = "") -> dict[str, Any]:
    """What a check of the loaded page resolves to."""
    path = folder / "report.html"
    path.write_text(
        page.replace("</body>", f"{scripts}{PRINT.replace('CHECK', check)}</body>"),
        encoding="utf-8",
    )
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--dump-dom",
        "--virtual-time-budget=60000",
    ]
    options.append("--allow-file-access-from-files")
    profile = f"--user-data-dir={folder / 'profile'}"
    ran = subprocess.run(
        [str(CHROMIUM), *options, profile, "--window-size=1400,1000", path.as_uri()],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        check=True,
    )
    found = re.search(r'<pre id="said">(.*?)</pre>', ran.stdout, re.DOTALL)
    assert found, ran.stderr[-2000:]
    return json.loads(markup.unescape(found[1]))


def a_page() -> str:
    """A report with something in most of its chapters."""
    told = PublishedTotal("s1", "A", 3, 2, "Summary!D4")
    return html(figures(material(published=[told])))


@needs_chromium
@needs_axe
def test_axe_finds_nothing(tmp_path: Path) -> None:
    script = f"<script>{AXE.read_text(encoding='utf-8').replace('</script>', '')}</script>"
    said = said_in_chromium(a_page(), f"axe.run(document, {RULES})", tmp_path, scripts=script)
    faults = [(one["id"], one["nodes"][0]["html"]) for one in said["violations"]]
    assert faults == []
    assert len(said["passes"]) > 15, "it looked at the page"


@needs_chromium
@needs_axe
def test_axe_would_find_something(tmp_path: Path) -> None:
    script = f"<script>{AXE.read_text(encoding='utf-8').replace('</script>', '')}</script>"
    broken = a_page().replace('<html lang="en-GB">', "<html>").replace("<title>", "<title hidden>")
    said = said_in_chromium(broken, f"axe.run(document, {RULES})", tmp_path, scripts=script)
    assert "html-has-lang" in [one["id"] for one in said["violations"]]


@needs_chromium
@pytest.mark.parametrize("width", [1280, 400])
def test_only_tables_scroll_sideways_never_the_page(tmp_path: Path, width: int) -> None:
    (tmp_path / "told.html").write_text(html(some_figures()), encoding="utf-8")
    frame = (
        f'<body style="margin:0"><iframe id="f" src="told.html" width="{width}" '
        'height="900"></iframe></body>'
    )
    check = "(() => { const d = document.getElementById('f').contentDocument.documentElement;"
    check += " return {page: d.scrollWidth, window: d.clientWidth}; })()"
    said = said_in_chromium(frame, check, tmp_path)
    assert 0 < said["page"] <= said["window"] <= width
