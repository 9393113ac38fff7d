"""The library: everything that the commands do, for a notebook or a program of one's own.

    from xlplan import open_plan

    plan = open_plan("plan.db")
    plan.frame().groupby("section")["rag"].value_counts()

The methods call the use cases that the commands call, and return what these return: each result has
an `exit_status` (1 when something wants a person) and a `document()`, the command's JSON. What of
this stays as it is from one release to the next, docs/library.md says.

A value of the wrong kind raises ValueError with the parameter's name; what cannot be done at all,
NothingDone; a plan that is not there or is being written to, a StoreError of `xlplan.store`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, overload

from xlplan.rounds.session.given import day, flag, names, number, place, places, text, when
from xlplan.rounds.session.session import CutOff, NothingDone, Session, login

if TYPE_CHECKING:
    import pandas as pd

    from xlplan.rounds.closing import ClosedRound
    from xlplan.rounds.deciding import Decided, OpenQuestions
    from xlplan.rounds.editing import Edited
    from xlplan.rounds.exporting import Exported
    from xlplan.rounds.history import ActionHistory, Revisions, Undone
    from xlplan.rounds.importing import TakenIn
    from xlplan.rounds.init import Started
    from xlplan.rounds.keeping import Checked, Kept
    from xlplan.rounds.leads import Leads
    from xlplan.rounds.mappings import MappingChecked, MappingSuggested, MappingUsed
    from xlplan.rounds.merging import MergedRound
    from xlplan.rounds.receiving import Noted
    from xlplan.rounds.reminding import Reminded
    from xlplan.rounds.reporting import Mastered, Reported
    from xlplan.rounds.status import Standing

__all__ = [
    "CutOff",
    "MasterPlan",
    "NothingDone",
    "check_mapping",
    "open_plan",
    "restore_plan",
    "start_plan",
    "suggest_mapping",
]

Place = str | os.PathLike[str]
Names = str | Iterable[str]
When = str | date
Clock = Callable[[], datetime]
Progress = Callable[[str, int, int], None]


def open_plan(
    path: Place = "plan.db",
    *,
    by: str = "",
    folder: Place | None = None,
    now: Clock | None = None,
    progress: Progress | None = None,
) -> MasterPlan:
    """The master plan in a file.

    Args:
        path: the plan's file; `folder` (default: the one it lies in) is where workbooks are written
        and looked for.
        by: who works on it, for the log; else XLPLAN_USER, else the login.
        now: the clock; local time, to the second and without a zone.
        progress: called in long work with what is done, how many are done, of how many.

    Raises:
        NoPlan: there is no plan there (a subclass of `xlplan.store.StoreError`).
        ValueError: an argument is of the wrong kind.
    """
    from xlplan.store import Store

    session = _session(path, by, folder, now, progress)
    # Opened once, so that a wrong path is told here and not at the first question; it is not held
    # open, because a notebook stays open for days.
    Store.open(session.plan).close()
    return MasterPlan(session)


def start_plan(
    workbook: Place,
    mapping: Place | None = None,
    path: Place = "plan.db",
    *,
    by: str = "",
    accept_errors: bool = False,
    now: Clock | None = None,
) -> tuple[MasterPlan, Started]:
    """A new master plan from the office's own workbook, and what there is to say about it: `xlplan
    init`.

    Without a mapping, the only one in `mappings/` beside the plan.

    Raises:
        NothingDone: a plan lies there already, or the workbook could not be read whole.
        ValueError: an argument is of the wrong kind.
    """
    from xlplan.rounds.init import start_plan as start

    session = _session(path, by, None, now, None)
    started = start(
        session,
        place(workbook, "workbook"),
        _maybe(mapping, "mapping"),
        accept_errors=flag(accept_errors, "accept_errors"),
    )
    return MasterPlan(session), started


def restore_plan(
    file: Place, path: Place = "plan.db", *, by: str = "", now: Clock | None = None
) -> tuple[MasterPlan, Kept]:
    """The plan as a backup has it; one that stood there is kept beside it: `xlplan restore`.

    For a plan whose file is lost or damaged, which `open_plan` cannot open.

    Raises:
        NothingDone: there is no such backup.
        StoreError: what lies there is no plan.
    """
    from xlplan.rounds.keeping import bring_back

    session = _session(path, by, None, now, None)
    restored = bring_back(session, place(file, "file"))
    return MasterPlan(session), restored


def check_mapping(toml: Place, workbook: Place | None = None) -> MappingChecked:
    """What a mapping finds in a workbook, and what it does not: `xlplan mapping check`.

    Raises:
        NothingDone: the mapping is broken, or the workbook cannot be opened.
    """
    from xlplan.rounds import mappings

    session = _here()
    return mappings.check_mapping(session, place(toml, "toml"), _maybe(workbook, "workbook"))


def suggest_mapping(workbook: Place, out: Place | None = None) -> MappingSuggested:
    """A draft of a mapping for a workbook that has none, with `out` as a file: `xlplan mapping
    suggest`.

    Raises:
        NothingDone: the workbook cannot be opened, has no table of actions, or the file exists.
    """
    from xlplan.rounds import mappings

    session = _here()
    return mappings.suggest_mapping(session, place(workbook, "workbook"), _maybe(out, "out"))


def _session(
    path: Place, by: str, folder: Place | None, now: Clock | None, progress: Progress | None
) -> Session:
    plan = place(path, "path")
    # A team shares one computer, or a scheduled task has a login of its own: the log names people.
    who = text(by, "by") or os.environ.get("XLPLAN_USER", "") or login()
    session = Session(plan, who, folder=_maybe(folder, "folder") or plan.absolute().parent)
    # A notebook passes `now=datetime.now()`: a time, where a clock is meant.
    for name, called in (("now", now), ("progress", progress)):
        if called is not None and not callable(called):
            raise ValueError(f"{name} is {called!r}: give a function.")
    if now is not None:
        session = replace(session, now=lambda: _local(now()))
    return replace(session, progress=progress) if progress is not None else session


def _local(now: object) -> datetime:
    """A clock's time as the plan keeps it: aware clocks say theirs, the log has no room for it."""
    if not isinstance(now, datetime):
        raise ValueError(f"now gives {now!r}: let it give a datetime.")
    # A notebook may pass a time with a zone; what is stored is local, to the second.
    return now.replace(tzinfo=None, microsecond=0)


def _here() -> Session:
    """A session for what needs no plan: in the current folder."""
    return _session("plan.db", "", None, None, None)


def _maybe(path: Place | None, name: str) -> Path | None:
    return None if path is None else place(path, name)


class MasterPlan:
    """A master plan. Nothing is held open between calls: other people and the commands may work on
    it meanwhile.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def __repr__(self) -> str:
        return f"open_plan({str(self._session.plan)!r})"

    # --- To look at

    def frame(self, as_of: When = "") -> pd.DataFrame:
        """The actions as a data frame, a row each, by permanent key; now or at a point (`r2`,
        `init`, a date).

        Ratings are ordered categories in the scale's order; `due` is a date (a month counts as its
        last day) and `due_as_written` what people wrote.

        Raises:
            NothingDone: the plan has no such point.
        """
        from xlplan.rounds.frames import plan_frame

        return plan_frame(self._session, as_of=when(as_of, "as_of"))

    def history(self, ref: str = "", field: str = "") -> pd.DataFrame:
        """Every change of every cell (or one action's, or one field's), with who said it in which
        file and cell.

        Raises:
            NothingDone: there is no such action or field.
        """
        from xlplan.rounds.frames import history_frame

        return history_frame(self._session, text(ref, "ref"), text(field, "field"))

    @overload
    def log(self) -> Revisions: ...
    @overload
    def log(self, ref: str, field: str = "") -> ActionHistory: ...
    def log(self, ref: str = "", field: str = "") -> Revisions | ActionHistory:
        """The revisions, or one action's history (or one field's of it), cell by cell: `xlplan
        log`.

        Raises:
            NothingDone: there is no such action or field.
            ValueError: a field without the action that it is of; `history` has all of a field.
        """
        from xlplan.rounds.history import action_history, revisions

        # pandas reads the ref 1.10 out of a sheet as the number 1.1: only text is taken for a ref.
        if text(ref, "ref"):
            return action_history(self._session, ref, text(field, "field"))
        if field:
            raise ValueError("field is given without ref: say which action, or use history().")
        return revisions(self._session)

    def leads(self, *, check: bool = False) -> Leads:
        """Who leads what, and which names nobody knows; with `check` these ask for a person:
        `xlplan leads`.
        """
        from xlplan.rounds.leads import who_leads

        return who_leads(self._session, check=flag(check, "check"))

    def status(self, round: str = "") -> Standing:
        """The open round, or another, at a glance: `xlplan status`.

        Raises:
            NothingDone: no round, or more than one, is called so.
        """
        from xlplan.rounds.status import standing

        return standing(self._session, round_name=text(round, "round"))

    # --- The round

    def export(
        self,
        round: str,
        return_by: When,
        *,
        leads: Names = (),
        sections: Names = (),
        out: Place | None = None,
        email: bool = False,
        reopen: bool = False,
    ) -> Exported:
        """One update workbook for every lead with open actions, with `email` a draft too: `xlplan
        export`.

        `return_by` is a date, or text such as 2013-01-16.

        Raises:
            NothingDone: the plan is over (unless `reopen`), the round has no name, the day is none,
            or nobody has anything to answer.
            CutOff: not every file could be written; the same export again writes the others.
        """
        from xlplan.rounds.exporting import export_round

        return export_round(
            self._session,
            round_name=text(round, "round"),
            return_by=day(return_by, "return_by"),
            leads=names(leads, "leads"),
            sections=names(sections, "sections"),
            out=_maybe(out, "out"),
            email=flag(email, "email"),
            reopen=flag(reopen, "reopen"),
        )

    def remind(self, *, round: str = "", out: Place | None = None) -> Reminded:
        """A draft reminder to every lead who has not returned: `xlplan remind`.

        Raises:
            NothingDone: there is no round yet, or none of that name.
        """
        from xlplan.rounds.reminding import remind

        return remind(self._session, round_name=text(round, "round"), out=_maybe(out, "out"))

    def take_in(
        self,
        paths: Place | Iterable[Place] = (),
        *,
        check: bool = False,
        lead: str = "",
        round: str = "",
        as_office: bool = False,
    ) -> TakenIn:
        """Take in what came back: files, folders, archives or messages; it waits: `xlplan import`.

        Without paths it looks in `workbooks/returned`. With `check` nothing is kept. `lead` and
        `round` say whose a bare copy is, of which round. With `as_office` they are the office's own
        editions; without it, a file that says it is one is a question.

        Raises:
            NothingDone: a path does not exist, or lead, round and as_office do not go together.
            CutOff: somebody stopped it while it wrote query workbooks.
        """
        from xlplan.rounds.importing import import_returns

        return import_returns(
            self._session,
            places(paths, "paths"),
            check=flag(check, "check"),
            lead=text(lead, "lead"),
            round_name=text(round, "round"),
            as_office=flag(as_office, "as_office"),
        )

    def decisions(self, out: Place | None = None) -> OpenQuestions:
        """All that waits for the officer; with `out` as a workbook to fill in: `xlplan
        decisions`.
        """
        from xlplan.rounds.deciding import open_decisions

        return open_decisions(self._session, out=_maybe(out, "out"))

    def decide(
        self,
        what: Place,
        *,
        take: str = "",
        both: bool = False,
        accept: bool = False,
        section: str = "",
        decline: str | None = None,
        same_as: str = "",
        ask: bool = False,
        note: str = "",
    ) -> Decided:
        """The answer to one question, or all those in a decisions workbook when `what` is its path:
        `xlplan decide`.

        `take` is `master`, the letter of an option (`a`), a lead's name, or `=` and a value; of a
        doubted date also `as-it-stands`, `text-only` or `likely`. `D` stands for all dates to
        confirm at once: take `as-typed`. `section` is where an accepted new action goes: a section,
        or a requirement in it.

        Raises:
            NothingDone: no such question or workbook, the answer does not fit it, or could mean
                two.
            ValueError: several answers at a time, or a question's number without any.
        """
        from xlplan.rounds.deciding import by_hand, decide, decide_from_workbook

        answer = by_hand(
            str(place(what, "what")),
            take=text(take, "take"),
            both=flag(both, "both"),
            accept=flag(accept, "accept"),
            section=text(section, "section"),
            decline=None if decline is None else text(decline, "decline"),
            same_as=text(same_as, "same_as"),
            ask=flag(ask, "ask"),
            note=text(note, "note"),
        )
        if answer:
            return decide(self._session, [answer])
        return decide_from_workbook(self._session, Path(what))

    def merge(
        self, *, dry_run: bool = False, strict: bool = False, out: Place | None = None
    ) -> MergedRound:
        """Put what waits and is decided into the plan as one revision; report and master follow:
        `xlplan merge`.
        """
        from xlplan.rounds.merging import merge_round

        return merge_round(
            self._session,
            dry_run=flag(dry_run, "dry_run"),
            strict=flag(strict, "strict"),
            out=_maybe(out, "out"),
        )

    def report(self, *, since: When = "", until: When = "", out: Place | None = None) -> Reported:
        """The change report, by default over the whole open round; the format follows `out`:
        `xlplan report`.

        Raises:
            NothingDone: the plan has no such point, or the ending of `out` asks for no format.
        """
        from xlplan.rounds.reporting import make_report

        return make_report(
            self._session,
            since=when(since, "since"),
            until=when(until, "until"),
            out=_maybe(out, "out"),
        )

    def master(
        self, *, as_of: When = "", out: Place | None = None, history: bool = False
    ) -> Mastered:
        """The consolidated master workbook, now or at a point; with `history` also a sheet of every
        value there was: `xlplan master`.

        Raises:
            NothingDone: the plan has no such point.
        """
        from xlplan.rounds.reporting import make_master

        return make_master(
            self._session,
            as_of=when(as_of, "as_of"),
            out=_maybe(out, "out"),
            history=flag(history, "history"),
        )

    def close(self, *, final: bool = False) -> ClosedRound:
        """End the round, with `final` the plan: `xlplan close`.

        Raises:
            NothingDone: no round is open; with `final`, there was none, or the plan is over.
        """
        from xlplan.rounds.closing import close_round

        return close_round(self._session, final=flag(final, "final"))

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

        `value` is text, as a person would type it into the cell; "" clears it.

        Raises:
            NothingDone: no such action or field, the value does not fit, or the lead was not sent
            that action.
        """
        from xlplan.rounds.editing import set_value
        from xlplan.rounds.receiving import set_for

        given = (text(ref, "ref"), text(field, "field"), text(value, "value"))
        why = {"source": text(source, "source"), "reason": text(reason, "reason")}
        if text(for_lead, "for_lead"):
            return set_for(self._session, *given, lead=for_lead, **why)
        return set_value(self._session, *given, **why)

    def withdraw(self, ref: str, *, reason: str, into: Names = ()) -> Edited:
        """An action ends; its history stays: `xlplan withdraw`.

        Raises:
            NothingDone: no such action, no reason, or one that goes on in no other.
        """
        from xlplan.rounds.editing import withdraw

        return withdraw(
            self._session, text(ref, "ref"), reason=text(reason, "reason"), into=names(into, "into")
        )

    def reassign(self, refs: Names, to: str) -> Edited:
        """Actions move to another lead: `xlplan reassign`.

        Raises:
            NothingDone: no such action, or the key to leads does not know that name.
        """
        from xlplan.rounds.editing import reassign

        return reassign(self._session, names(refs, "refs"), text(to, "to"))

    def received(self, lead: str, *, nil: bool = False, note: str = "") -> Noted:
        """A lead answered without a workbook: `xlplan received`.

        Raises:
            NothingDone: no round is open, or that lead was sent nothing in it.
        """
        from xlplan.rounds.receiving import received

        return received(
            self._session, text(lead, "lead"), nil=flag(nil, "nil"), note=text(note, "note")
        )

    def unstage(self, what: Place) -> Noted:
        """Take out what waits of a file or a lead: `xlplan unstage`.

        Raises:
            NothingDone: nothing of that name waits, it is merged, or the name fits several files.
        """
        from xlplan.rounds.receiving import unstage

        return unstage(self._session, str(place(what, "what")))

    def undo(self, revision: int | None = None) -> Undone:
        """Take back the last merge, or another revision: `xlplan undo`.

        Raises:
            NothingDone: there is nothing to take back, or a later revision stands in the way.
        """
        from xlplan.rounds.history import undo

        return undo(self._session, None if revision is None else number(revision, "revision"))

    # --- The mapping and the file

    def use_mapping(self, toml: Place) -> MappingUsed:
        """Take an edited mapping into the plan, as one revision: `xlplan mapping use`.

        Raises:
            NothingDone: it is broken, or it drops what the plan still needs.
        """
        from xlplan.rounds.mappings import use_mapping

        return use_mapping(self._session, place(toml, "toml"))

    def check(self) -> Checked:
        """Verify the plan's file: `xlplan check`."""
        from xlplan.rounds.keeping import check_store

        return check_store(self._session)

    def backup(self, file: Place) -> Kept:
        """A consistent copy: `xlplan backup`.

        Raises:
            NothingDone: something lies there already.
        """
        from xlplan.rounds.keeping import back_up

        return back_up(self._session, place(file, "file"))

    def restore(self, file: Place) -> Kept:
        """Bring a copy back; the plan that stood there is kept: `xlplan restore`.

        Raises:
            NothingDone: there is no such copy.
        """
        from xlplan.rounds.keeping import bring_back

        return bring_back(self._session, place(file, "file"))
