"""check, backup, restore: the store's own health."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from xlplan.mapping.checking import Context, read_value
from xlplan.mapping.load import load_text
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.leads.reading import LeadKey
from xlplan.reports.documents import Document, finding_document
from xlplan.rounds.session.session import NothingDone, Session
from xlplan.store import Store


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: of the store as a file, and of the values that the plan holds."""

    revision: int
    problems: list[str]
    findings: list[Finding] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.problems or self.findings)

    @property
    def exit_status(self) -> int:
        """1 when something is wrong."""
        return int(not self.sound)

    def document(self) -> Document:
        """The JSON document of check."""
        return {
            "sound": self.sound,
            "revision": self.revision,
            "problems": self.problems,
            "findings": [finding_document(found) for found in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy that was made or brought back."""

    path: str

    exit_status = 0

    def document(self) -> Document:
        """The JSON document of backup and restore."""
        return {"path": self.path}


def check_store(session: Session) -> Checked:
    """Verify that the history has no gap, every value is explained and every stored return is as it
    came; and that every rating, choice and date is one.
    """
    with Store.open(session.plan) as store:
        problems = store.verify()
        # A file that is damaged may hold no plan at all.
        return Checked(store.latest, problems, [] if problems else _misfits(store))


def _misfits(store: Store) -> list[Finding]:
    """Values of the plan that their own field does not know: a rating outside the scale, a choice
    off its list, a date that is none.
    """
    mapping = load_text(store.mapping_toml(), "the mapping in use")
    known = {
        "rag": f"no rating of the scale ({', '.join(rating.code for rating in mapping.rag)})",
        "choice": "not on the list of choices",
        "date": "not a date",
    }
    return [
        finding(
            "value-misfit",
            key=item.key,
            ref=item.called,
            field=name,
            value=value.text,
            why=known[spec.type],
            name=name,
        )
        for item in store.snapshot().items.values()
        for name, spec in mapping.fields.items()
        if spec.type in known and (value := item.get(name))
        # Only the code counts among the ratings: `green` in place of G would count as unrated.
        if read_value(spec, value.text, mapping, Context(LeadKey())).value != value
    ]


def back_up(session: Session, to: Path) -> Kept:
    """A consistent copy of the plan.

    Raises:
        NothingDone: something lies there already.
    """
    # An older backup may be the only sound one: it is never written over.
    if to.exists():
        raise NothingDone(f"{to.as_posix()} exists already.", "Name another file.")
    with Store.open(session.plan) as store:
        store.backup(to)
    return Kept(session.shown(to))


def bring_back(session: Session, copy: Path) -> Kept:
    """A backup becomes the plan again; the plan that stood there is kept beside it.

    Raises:
        NothingDone: there is no such copy.
    """
    if not copy.is_file():
        raise NothingDone(f"There is no file {copy.as_posix()}.", "Check the name.")
    # Windows lets nobody move or delete a database that a program still holds open.
    Store.restore(copy, session.plan).close()
    return Kept(session.shown(Path(session.plan)))
