"""Make the pictures of the documentation from the demo: `python docs/pictures.py`.

Needs LibreOffice (soffice), poppler (pdftoppm) and Chromium on the path.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
LARGEST = 300 * 1024


def run(*command: str | Path) -> str:
    """Run a program, quietly; what it said. It is shown when the program fails."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def page(document: Path, scratch: Path, to: Path, *, begins: str = "", height: int = 0) -> None:
    """The first printed page of a document that begins so, or so many dots of it from the top."""
    home = f"-env:UserInstallation=file://{scratch}/profile"
    run("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", scratch, document)
    printed = scratch / f"{document.stem}.pdf"
    number = next(n for n, text in enumerate(pages(printed), start=1) if text.startswith(begins))
    place = [
        "-singlefile",
        "-f",
        str(number),
        "-r",
        "80",
        *(["-W", "936", "-H", str(height)] if height else []),
    ]
    run("pdftoppm", "-png", *place, printed, to.with_suffix(""))


def pages(printed: Path) -> list[str]:
    """What stands on each page, without the marking above it."""
    text = run("pdftotext", "-layout", printed, "-").removesuffix("\f")
    return [
        "\n".join(line for line in one.splitlines() if line.strip() and not line.isupper()).strip()
        for one in text.split("\f")
    ]


def screen(html: Path, to: Path, size: str = "1100,1000") -> None:
    """The top of a page as a browser shows it."""
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--window-size={size}",
    ]
    run("chromium", *flags, f"--screenshot={to}", html.as_uri())


def main() -> None:
    """Play the demo in a scratch folder and take the pictures."""
    from xlplan.demo.playing import run_demo
    from xlplan.rounds.deciding import open_decisions
    from xlplan.rounds.reporting import make_report
    from xlplan.rounds.session.session import Session

    pictures = HERE / "pictures"
    pictures.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        played = run_demo(scratch / "office")
        office = played.folder
        session = Session(
            office / "plan.db", "Programme officer", lambda: played.story.merged, folder=office
        )
        open_decisions(session, out=office / "decisions.xlsx")
        make_report(session, out=office / "report.docx")
        sent = next(
            office / one.path for one in played.exported.workbooks if one.lead == "Sue Butcher"
        )
        page(sent, scratch, pictures / "update.png")
        page(
            next((office / "workbooks" / "queries").rglob("*.xlsx")),
            scratch,
            pictures / "query.png",
        )
        page(office / "decisions.xlsx", scratch, pictures / "decisions.png", height=140)
        page(office / played.merged.master, scratch, pictures / "master.png")
        page(office / played.merged.master, scratch, pictures / "dashboard.png", begins="Dashboard")
        page(office / "report.docx", scratch, pictures / "word.png")
        report = next(path for path in played.merged.reports if path.endswith(".html"))
        screen((office / report).resolve(), pictures / "report.png")
    for picture in sorted(pictures.glob("*.png")):
        size = picture.stat().st_size
        print(f"docs/pictures/{picture.name}: {size // 1024} KB")
        assert size < LARGEST, f"{picture.name} is too large to keep"


if __name__ == "__main__":
    main()
