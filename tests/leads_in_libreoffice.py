"""Run by the system's Python, which has UNO: open workbooks in LibreOffice, work in them as leads
do, save them.

Usage: leads_in_libreoffice.py PORT. Each line of input is JSON: [[workbook, [step, ...]], ...]. A
step is one of ["type", {cell: text}], ["unprotect"], ["sort", range, column], ["insert", row],
["delete", row], ["save", file]. Prints a line of JSON for each: for every workbook what each
cell that was typed into holds afterwards.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.table import TableSortField
from com.sun.star.util.NumberFormat import TEXT

FILTERS = {
    "xlsx": "Calc MS Excel 2007 XML",
    "ods": "calc8",
    "xls": "MS Excel 97",
    "csv": "Text - txt - csv (StarCalc)",
}


def value(name: str, content: Any) -> PropertyValue:
    """A named value, as UNO wants it."""
    made = PropertyValue()
    made.Name, made.Value = name, content
    return made


def desktop(port: str) -> Any:
    """LibreOffice, which may still be starting."""
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", context
    )
    for _ in range(240):
        try:
            remote = resolver.resolve(
                f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext"
            )
            return remote.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", remote
            )
        except Exception:
            time.sleep(0.5)
    raise SystemExit("LibreOffice did not start")


def typed(book: Any, sheet: Any, cells: dict[str, str]) -> dict[str, str]:
    """Type into cells; returns what they hold afterwards, "refused" for locked ones.

    What is typed into a cell in text format stays as it is, as it does for somebody at the
    keyboard.
    """
    held, formats = {}, book.NumberFormats
    for name, text in cells.items():
        cell = sheet.getCellRangeByName(name)
        if sheet.isProtected() and cell.CellProtection.IsLocked:
            held[name] = "refused"
            continue
        is_text = formats.getByKey(cell.NumberFormat).Type & TEXT
        (cell.setString if is_text else cell.setFormula)(text)
        held[name] = cell.getString()
    return held


def sort(sheet: Any, area: str, column: int) -> None:
    """Sort rows, last first."""
    field = TableSortField()
    field.Field, field.IsAscending = column, False
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    given = (value("SortFields", fields), value("ContainsHeader", False))
    uno.invoke(sheet.getCellRangeByName(area), "sort", (given,))


def save(book: Any, target: str) -> None:
    """Save under another name, in the format that the name says."""
    options = (
        value("FilterName", FILTERS[target.rpartition(".")[2]]),
        value("FilterOptions", "44,34,76,1"),
    )
    book.storeToURL(
        uno.systemPathToFileUrl(target), options if target.endswith("csv") else options[:1]
    )


def work(book: Any, steps: list[list[Any]]) -> dict[str, str]:
    """Do the steps on the first sheet."""
    sheet, held = book.Sheets.getByIndex(0), {}
    for name, *given in steps:
        if name == "type":
            held.update(typed(book, sheet, given[0]))
        elif name == "unprotect":
            sheet.unprotect("")
        elif name == "sort":
            sort(sheet, *given)
        elif name == "save":
            save(book, given[0])
        else:
            change = sheet.Rows.removeByIndex if name == "delete" else sheet.Rows.insertByIndex
            change(given[0] - 1, 1)
    return held


def main() -> None:
    """Open, work, close, one workbook after the other, until the input ends."""
    office = desktop(sys.argv[1])
    for line in sys.stdin:
        held = []
        for source, steps in json.loads(line):
            book = office.loadComponentFromURL(
                uno.systemPathToFileUrl(source), "_blank", 0, (value("Hidden", True),)
            )
            held.append(work(book, steps))
            book.close(True)
        print(json.dumps(held), flush=True)


if __name__ == "__main__":
    main()
