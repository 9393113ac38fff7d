"""Run by the system's Python, which has UNO: open a workbook in LibreOffice, work in it as a lead does, save it.

Usage: leads_in_libreoffice.py PORT IN OUT FILTER STEPS, where STEPS is JSON: {"type": {cell: text}, "sort":
[rows, column], "insert": row, "delete": row, "unprotect": bool}.
Prints JSON: what each cell that was typed into holds afterwards.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.table import TableSortField


def value(name: str, content: Any) -> PropertyValue:
    """A named value, as UNO wants it."""
    made = PropertyValue()
    made.Name, made.Value = name, content
    return made


def desktop(port: str) -> Any:
    """LibreOffice, which may still be starting."""
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(120):
        try:
            remote = resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
        except Exception:
            time.sleep(0.5)
    raise SystemExit("LibreOffice did not start")


def work(sheet: Any, steps: dict[str, Any]) -> dict[str, str]:
    """Do the steps; returns what the cells hold afterwards."""
    if steps.get("unprotect"):
        sheet.unprotect("")
    held = {}
    for name, text in steps.get("type", {}).items():
        cell = sheet.getCellRangeByName(name)
        if sheet.isProtected() and cell.CellProtection.IsLocked:
            held[name] = "refused"
            continue
        cell.setFormula(text)
        held[name] = cell.getString()
    if steps.get("sort"):
        area, column = steps["sort"]
        field = TableSortField()
        field.Field, field.IsAscending = column, False
        fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
        given = (value("SortFields", fields), value("ContainsHeader", False))
        uno.invoke(sheet.getCellRangeByName(area), "sort", (given,))
    if steps.get("delete"):
        sheet.Rows.removeByIndex(steps["delete"] - 1, 1)
    if steps.get("insert"):
        sheet.Rows.insertByIndex(steps["insert"] - 1, 1)
    return held


def main() -> None:
    """Open, work, save."""
    port, source, target, kind, steps = sys.argv[1:]
    office = desktop(port)
    book = office.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, (value("Hidden", True),))
    print(json.dumps(work(book.Sheets.getByIndex(0), json.loads(steps))))
    book.storeToURL(uno.systemPathToFileUrl(target), (value("FilterName", kind),))
    book.close(True)
    try:
        office.terminate()
    except Exception:
        return


if __name__ == "__main__":
    main()
