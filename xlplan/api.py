"""The library: everything that the commands do, for a notebook or a program of one's own.

    from xlplan import open_plan

    plan = open_plan("plan.db")
    plan.frame().groupby("section")["rag"].value_counts()

The methods call the use cases that the commands call, and return what these return: each result has
an `exit_status` (1 when something wants a person) and a `document()`, the command's JSON.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from xlplan.rounds.session.session import CutOff, NothingDone, Session

if TYPE_CHECKING:
    import pandas as pd

    from xlplan.rounds.closing import ClosedRound
    from xlplan.rounds.deciding import Decided, OpenQuestions
    from xlplan.rounds.editing import Edited
    from xlplan.rounds.exporting import Exported
    from xlplan.rounds.history import Revisions, Undone
    from xlplan.rounds.importing import TakenIn
    from xlplan.rounds.init import Started
    from xlplan.rounds.keeping import Checked, Kept
    from xlplan.rounds.leads import Leads
    from xlplan.rounds.merging import MergedRound
    from xlplan.rounds.receiving import Noted
    from xlplan.rounds.reminding import Reminded
    from xlplan.rounds.reporting import Mastered, Reported
    from xlplan.rounds.status import Standing

__all__ = ["CutOff", "MasterPlan", "NothingDone", "open_plan", "start_plan"]

Paths = str | Path | Iterable[str | Path]
Progress = Callable[[str, int, int], None]


def open_plan(
    path: str | Path = "plan.db",
    *,
    by: str = "",
    folder: str | Path | None = None,
    now: Callable[[], datetime] | None = None,
    progress: Progress | None = None,
) -> MasterPlan:
    """The master plan in a file.

    Args:
        path: the plan's file; `folder` (default: the one it lies in) is where workbooks are written
        and looked for.
        by: who works on it, for the log; else XLPLAN_USER, else the login.
        now: the clock; local time without a zone.
        progress: called in long work with what is done, how many are done, of how many.

    Raises:
        NoPlan: there is no plan there (a subclass of `xlplan.store.StoreError`).
    """
    from xlplan.store import Store

    Store.open(Path(path)).close()
    return MasterPlan(_session(path, by, folder, now, progress))


def start_plan(
    workbook: str | Path,
    mapping: str | Path | None = None,
    path: str | Path = "plan.db",
    *,
    by: str = "",
    accept_errors: bool = False,
    now: Callable[[], datetime] | None = None,
) -> tuple[MasterPlan, Started]:
    """A new master plan from the office's own workbook, and what there is to say about it: `xlplan
    init`.

    Raises:
        NothingDone: a plan lies there already, or the workbook could not be read whole.
    """
    from xlplan.rounds import init as starting

    session = _session(path, by, None, now, None)
    found = Path(mapping) if mapping is not None else None
    started = starting.start_plan(session, Path(workbook), found, accept_errors=accept_errors)
    return MasterPlan(session), started


def _session(
    path: str | Path,
    by: str,
    folder: str | Path | None,
    now: Callable[[], datetime] | None,
    progress: Progress | None,
) -> Session:
    import getpass

    who = by or os.environ.get("XLPLAN_USER", "") or getpass.getuser()
    session = Session(
        Path(path), who, folder=Path(folder) if folder is not None else Path(path).absolute().parent
    )
    if now is not None:
        session = replace(session, now=now)
    return replace(session, progress=progress) if progress is not None else session


def _paths(paths: Paths) -> list[Path]:
    return [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]


def _maybe(path: str | Path | None) -> Path | None:
    return Path(path) if path is not None else None


def _names(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


class MasterPlan:
    """A master plan. Nothing is held open between calls: other people and the commands may work on
    it meanwhile.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def __repr__(self) -> str:
        return f"open_plan({str(self._session.plan)!r})"

    # --- To look at

    def frame(self, as_of: str = "") -> pd.DataFrame:
        """The actions as a data frame, a row each, by permanent key; now or at a point (`r2`,
        `init`).

        Ratings are ordered categories in the scale's order; `due` is a date (a month counts as its
        last day) and `due_as_written` what people wrote.
        """
        from xlplan.rounds.frames import plan_frame

        return plan_frame(self._session, as_of=as_of)

    def history(self, ref: str = "", field: str = "") -> pd.DataFrame:
        """Every change of every cell (or one action's, or one field's), with who said it in which
        file and cell.
        """
        from xlplan.rounds.frames import history_frame

        return history_frame(self._session, ref, field)

    def log(self) -> Revisions:
        """The revisions: `xlplan log`."""
        from xlplan.rounds.history import revisions

        return revisions(self._session)

    def leads(self) -> Leads:
        """Who leads what, and which names nobody knows: `xlplan leads`."""
        from xlplan.rounds.leads import who_leads

        return who_leads(self._session)

    def status(self, round: str = "") -> Standing:
        """The open round, or another, at a glance: `xlplan status`."""
        from xlplan.rounds.status import standing

        return standing(self._session, round_name=round)

    # --- The round

    def export(
        self,
        round: str,
        return_by: date,
        *,
        leads: str | Sequence[str] = (),
        sections: str | Sequence[str] = (),
        out: str | Path | None = None,
        email: bool = False,
    ) -> Exported:
        """One update workbook for every lead with open actions, with `email` a draft too: `xlplan
        export`.

        Raises:
            CutOff: not every file could be written; the same export again writes the others.
        """
        from xlplan.rounds.exporting import export_round

        return export_round(
            self._session,
            round_name=round,
            return_by=return_by,
            leads=_names(leads),
            sections=_names(sections),
            out=_maybe(out),
            email=email,
        )

    def remind(self, *, round: str = "", out: str | Path | None = None) -> Reminded:
        """A draft reminder to every lead who has not returned: `xlplan remind`."""
        from xlplan.rounds.reminding import remind

        return remind(self._session, round_name=round, out=_maybe(out))

    def take_in(
        self, paths: Paths = (), *, check: bool = False, as_office: bool = False
    ) -> TakenIn:
        """Take in what came back: files, folders, archives or messages; it waits: `xlplan import`.

        Without paths it looks in `workbooks/returned`. With `check` nothing is kept. With
        `as_office` they are the office's own editions; without it, a file that says it is one is a
        question.
        """
        from xlplan.rounds.importing import import_returns

        return import_returns(self._session, _paths(paths), check=check, as_office=as_office)

    def decisions(self, out: str | Path | None = None) -> OpenQuestions:
        """All that waits for the officer; with `out` as a workbook to fill in: `xlplan
        decisions`.
        """
        from xlplan.rounds.deciding import open_decisions

        return open_decisions(self._session, out=_maybe(out))

    def decide(
        self,
        id: str,
        *,
        take: str = "",
        accept: bool = False,
        decline: str | None = None,
        same_as: str = "",
        ask: bool = False,
        note: str = "",
    ) -> Decided:
        """The answer to one question, or all those in a decisions workbook when `id` is its path:
        `xlplan decide`.

        `take` is `master`, a lead's name, or `=` and a value.
        """
        from xlplan.rounds.deciding import Answer, decide, decide_from_workbook

        if not (take or accept or decline is not None or same_as or ask):
            return decide_from_workbook(self._session, Path(id))
        answer = Answer(
            id, take=take, accept=accept, decline=decline, same_as=same_as, ask=ask, note=note
        )
        return decide(self._session, [answer])

    def merge(
        self, *, dry_run: bool = False, strict: bool = False, out: str | Path | None = None
    ) -> MergedRound:
        """Put what waits and is decided into the plan as one revision; report and master follow:
        `xlplan merge`.
        """
        from xlplan.rounds.merging import merge_round

        return merge_round(self._session, dry_run=dry_run, strict=strict, out=_maybe(out))

    def report(
        self, *, since: str = "", until: str = "", out: str | Path | None = None
    ) -> Reported:
        """The change report, by default over the whole open round; the format follows `out`:
        `xlplan report`.
        """
        from xlplan.rounds.reporting import make_report

        return make_report(self._session, since=since, until=until, out=_maybe(out))

    def master(self, *, as_of: str = "", out: str | Path | None = None) -> Mastered:
        """The consolidated master workbook, now or at a point: `xlplan master`."""
        from xlplan.rounds.reporting import make_master

        return make_master(self._session, as_of=as_of, out=_maybe(out))

    def close(self, *, final: bool = False) -> ClosedRound:
        """End the round: `xlplan close`."""
        from xlplan.rounds.closing import close_round

        return close_round(self._session, final=final)

    # --- The office's own changes

    def set(
        self,
        ref: str,
        field: str,
        value: str,
        *,
        for_lead: str = "",
        source: str = "",
        reason: str = "",
    ) -> Edited | Noted:
        """One value typed by the office; with `for_lead` that lead's answer, which waits: `xlplan
        set`.
        """
        from xlplan.rounds.editing import set_value
        from xlplan.rounds.receiving import set_for

        if for_lead:
            return set_for(
                self._session, ref, field, value, lead=for_lead, source=source, reason=reason
            )
        return set_value(self._session, ref, field, value, source=source, reason=reason)

    def withdraw(self, ref: str, *, reason: str, into: str | Sequence[str] = "") -> Edited:
        """An action ends; its history stays: `xlplan withdraw`."""
        from xlplan.rounds.editing import withdraw

        return withdraw(self._session, ref, reason=reason, into=into)

    def reassign(self, refs: str | Sequence[str], to: str) -> Edited:
        """Actions move to another lead: `xlplan reassign`."""
        from xlplan.rounds.editing import reassign

        return reassign(self._session, _names(refs), to)

    def received(self, lead: str, *, nil: bool = False, note: str = "") -> Noted:
        """A lead answered without a workbook: `xlplan received`."""
        from xlplan.rounds.receiving import received

        return received(self._session, lead, nil=nil, note=note)

    def unstage(self, what: str) -> Noted:
        """Take out what waits of a file or a lead: `xlplan unstage`."""
        from xlplan.rounds.receiving import unstage

        return unstage(self._session, what)

    def undo(self, revision: int | None = None) -> Undone:
        """Take back the last merge, or another revision: `xlplan undo`."""
        from xlplan.rounds.history import undo

        return undo(self._session, revision)

    # --- The file

    def check(self) -> Checked:
        """Verify the plan's file: `xlplan check`."""
        from xlplan.rounds.keeping import check_store

        return check_store(self._session)

    def backup(self, file: str | Path) -> Kept:
        """A consistent copy: `xlplan backup`."""
        from xlplan.rounds.keeping import back_up

        return back_up(self._session, Path(file))

    def restore(self, file: str | Path) -> Kept:
        """Bring a copy back; the plan that stood there is kept: `xlplan restore`."""
        from xlplan.rounds.keeping import bring_back

        return bring_back(self._session, Path(file))
