"""The page of each plan in Chromium: no violation that axe knows, at a desk, on a telephone and as
it is printed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.reports.test_accessibility import AXE, RULES, needs_axe, needs_chromium, said_in_chromium
from tests.stories.proof.story import Story

WIDTHS = {"desk": 1280, "telephone": 390, "print": 1017}
"""Pixels across; a printed page's are those between the margins of A4 on its side."""
CHECK = f"""(async () => {{
  const said = {{}};
  for (const frame of document.querySelectorAll("iframe")) {{
    const page = frame.contentDocument;
    const found = await frame.contentWindow.axe.run(page, {RULES});
    said[frame.id] = {{
      faults: found.violations.map((one) => one.id + ": " + one.nodes[0].html),
      passes: found.passes.length,
      wide: page.documentElement.scrollWidth,
      room: page.documentElement.clientWidth,
      tables: page.querySelectorAll("table").length,
    }};
  }}
  return said;
}})()"""


@pytest.fixture
def said(story: Story, tmp_path: Path) -> dict[str, Any]:
    """What axe and the window say of the page in each of its shapes."""
    page = (story.folder / "report.html").read_text(encoding="utf-8")
    script = f"<script>{AXE.read_text(encoding='utf-8').replace('</script>', '')}</script>"
    frames = []
    for name, width in WIDTHS.items():
        shape = page.replace("@media print", "@media all") if name == "print" else page
        (tmp_path / f"{name}.html").write_text(
            shape.replace("</body>", f"{script}</body>"), encoding="utf-8"
        )
        frames.append(
            f'<iframe id="{name}" src="{name}.html" width="{width}" height="900"></iframe>'
        )
    return said_in_chromium(f'<body style="margin:0">{"".join(frames)}</body>', CHECK, tmp_path)


@needs_chromium
@needs_axe
def test_nobody_is_kept_from_reading_it(said: dict[str, Any]) -> None:
    assert {*said} == {*WIDTHS}
    for name, shape in said.items():
        assert shape["faults"] == [], name
        assert shape["passes"] > 15
        assert shape["tables"] > 5
        assert shape["wide"] <= shape["room"] <= WIDTHS[name], f"{name}: the page scrolls sideways"
