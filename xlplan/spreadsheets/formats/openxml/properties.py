"""What a document of Office says of itself."""

from __future__ import annotations

from xlplan.spreadsheets.formats.openxml.package import Package
from xlplan.spreadsheets.formats.parts import About, local, time_of

_CORE = {"title", "subject", "category", "keywords", "creator", "description"}
# Each by the end of its relation's kind, which strict Open XML writes in another way, and by its
# usual name, which is all that some programs give.
_PARTS = {
    "core": (("/core-properties",), "docProps/core.xml"),
    "own": (("/custom-properties", "/customProperties"), "docProps/custom.xml"),
    "program": (("/extended-properties", "/extendedProperties"), "docProps/app.xml"),
}


def about(package: Package) -> About:
    """What the document's properties say; a property of its own never hides one that every document
    has.
    """
    core = _texts(package, "core")
    named = {name: text for name, text in core.items() if name in _CORE and text}
    own: dict[str, str] = {}
    for prop in package.elements(_part(package, "own")):
        text = "".join(prop.itertext()).strip()
        if text and prop.get("name"):
            own[str(prop.get("name"))] = text
    application = _texts(package, "program").get("Application", "")
    return About({**own, **named}, application, time_of(core.get("modified", "")))


def _texts(package: Package, name: str) -> dict[str, str]:
    elements = package.elements(_part(package, name))
    return {local(element.tag): (element.text or "").strip() for element in elements}


def _part(package: Package, name: str) -> str:
    kinds, usual = _PARTS[name]
    return next(iter(package.related("", *kinds)), usual)
