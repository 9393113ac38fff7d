"""What the master and the change report mean, a line a cell. XLPLAN_RENEW=1 renews them, after
reading.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests.reports.builders import material
from tests.workbook.master.test_master import small
from tests.workbook.meaning import meaning, same_as_snapshot
from xlplan.reports.figures import figures
from xlplan.reports.formats.files import write_change_report


def test_what_the_master_means(tmp_path: Path) -> None:
    path = tmp_path / "master.xlsx"
    small(path)
    assert same_as_snapshot(meaning(path), "master.txt")


def test_what_the_change_report_means(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_change_report(figures(material()), path, created=datetime(2013, 1, 17, 17, 40))
    assert same_as_snapshot(meaning(path), "report.txt")
