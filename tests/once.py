"""What the tests read of files: once for files of the same bytes, wherever they lie."""

from __future__ import annotations

import copyreg
import pickle
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import openpyxl
from openpyxl.reader import excel
from openpyxl.utils.bound_dictionary import BoundDictionary
from openpyxl.worksheet.dimensions import DimensionHolder
from openpyxl.worksheet.merge import MergedCellRange

MOST = 256
"""Results of each reading that are kept; a workbook of openpyxl takes a tenth of a MB."""
T = TypeVar("T")
_load = excel.load_workbook


def once(read: Callable[[Path], T]) -> Callable[[Path], T]:
    """Read files of the same bytes once; each caller gets a copy of its own.

    A result is kept from the second reading on: most files are read once, and keeping what was read
    takes a fifth of the time of reading it.
    """
    seen: set[bytes] = set()
    kept: dict[bytes, bytes] = {}

    @wraps(read)
    def reading(path: Path) -> T:
        name = sha256(Path(path).read_bytes()).digest()
        if copy := kept.pop(name, None):
            kept[name] = copy
            result: T = pickle.loads(copy)
            return result
        result = read(path)
        if name in seen:
            kept[name] = pickle.dumps(result)
            if len(kept) > MOST:
                del kept[next(iter(kept))]
        seen.add(name)
        return result

    return reading


def _rows_and_columns(holder: BoundDictionary[Any, Any]) -> tuple[Any, ...]:
    """A sheet's rows or columns for pickle, which forgets the attributes of a defaultdict."""
    state = (vars(holder), holder.default_factory)
    return type(holder).__new__, (type(holder),), state, None, iter(holder.items()), _restore


def _restore(holder: BoundDictionary[Any, Any], state: tuple[dict[str, Any], Any]) -> None:
    attributes, holder.default_factory = state
    vars(holder).update(attributes)


copyreg.pickle(DimensionHolder, _rows_and_columns)
_load_once = once(_load)


def load_workbook(filename: Any, *arguments: Any, **options: Any) -> Any:
    """Load a workbook as openpyxl does."""
    plain = isinstance(filename, str | Path) and not arguments and not options
    return _load_once(Path(filename)) if plain else _load(filename, *arguments, **options)


# openpyxl works out the borders of every cell under a merge, each time that a test loads a
# workbook: two thirds of the loading, for what no test looks at.
setattr(MergedCellRange, "format", lambda _: None)  # noqa: B010 - as an assignment it has no type
for module in (openpyxl, excel):
    setattr(module, "load_workbook", load_workbook)  # noqa: B010 - as above
