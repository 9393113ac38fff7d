"""export --email: a draft to every lead with their workbook attached, and the list of drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xlplan.mapping.model import PlanMapping
from xlplan.plan.leads.correspondence import AddressBook, Addressees, Deputy
from xlplan.plan.model import Plan
from xlplan.plan.rounds import Round
from xlplan.plan.text.english import counted
from xlplan.rounds.owners.routing import key_to_leads
from xlplan.rounds.sending.drafts import (
    LIST_NAME,
    Draft,
    Listed,
    carries,
    filled,
    write_draft,
    write_list,
)
from xlplan.rounds.session.folders import free_path
from xlplan.rounds.session.session import Session
from xlplan.workbook.kit.sentences import MAILS
from xlplan.workbook.kit.words import contact, long_date


@dataclass(frozen=True, slots=True)
class Posted:
    """What one lead is sent: their workbook where it still lies, and how many actions are in it."""

    lead: str
    workbook: Path | None
    actions: int


@dataclass(frozen=True, slots=True)
class MailDraft:
    """One draft that was written. `addresses` are empty when the key to leads has none for that
    lead.
    """

    lead: str
    path: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mailed:
    """All drafts of one occasion, and where the list of them lies ("" when there is none)."""

    drafts: tuple[MailDraft, ...] = ()
    send_list: str = ""

    @property
    def without_address(self) -> list[str]:
        """Leads to whom nobody knows where to send."""
        return [draft.lead for draft in self.drafts if not draft.addresses]


def address_book(plan: Plan, mapping: PlanMapping) -> AddressBook:
    """The key to leads as the mapping in use has it, then leads that only the office's own sheet
    names.
    """
    from xlplan.mapping.keys import lead_key

    deputies = {
        lead.name: Deputy(lead.deputy, lead.deputy_from, lead.deputy_until)
        for lead in mapping.leads
        if lead.deputy
    }
    return AddressBook((*lead_key(mapping).leads, *key_to_leads(plan, mapping).leads), deputies)


def mail_workbooks(
    session: Session,
    plan: Plan,
    mapping: PlanMapping,
    this_round: Round,
    posts: Sequence[Posted],
    folder: Path,
) -> Mailed:
    """Write a draft for each workbook beside it, and the list of them; one that a run cut off wrote
    stays.
    """
    wording = mapping.wording
    templates = (wording.email_subject, wording.email_body or MAILS["update"])
    return write_drafts(
        session, plan, mapping, this_round, posts, folder, templates, finishing=True
    )


def write_drafts(
    session: Session,
    plan: Plan,
    mapping: PlanMapping,
    this_round: Round,
    posts: Sequence[Posted],
    folder: Path,
    templates: tuple[str, str],
    *,
    finishing: bool = False,
) -> Mailed:
    """Write drafts from a subject and a body with words in braces. A draft is named as the workbook
    that it carries.
    """
    from xlplan.workbook.kit.names import workbook_name

    folder.mkdir(parents=True, exist_ok=True)
    book, drafted, listed = address_book(plan, mapping), [], []
    for post in posts:
        to = book.addressees(post.lead, session.today)
        draft = _draft(mapping, this_round, post, to, templates)
        stem = Path(
            post.workbook.name if post.workbook else workbook_name(this_round.return_by, post.lead)
        ).stem
        path = folder / f"{stem}.eml"
        # The officer may have opened or sent that draft already: a second one would be sent too.
        if not (finishing and post.workbook and carries(path, post.workbook)):
            path = free_path(path)
            # The Date of a mail says its zone; the plan's clock is local and has none.
            write_draft(draft, path, session.now().astimezone())
        drafted.append(MailDraft(post.lead, session.shown(path), to.to))
        listed.append(Listed(draft, post.workbook.name if post.workbook else ""))
    send_list = free_path(folder / LIST_NAME)
    write_list(listed, send_list)
    return Mailed(tuple(drafted), session.shown(send_list))


def _draft(
    mapping: PlanMapping,
    this_round: Round,
    post: Posted,
    to: Addressees,
    templates: tuple[str, str],
) -> Draft:
    words = {
        "plan": mapping.plan.title,
        "round": this_round.name,
        "return_by": long_date(this_round.return_by, mapping),
        "lead": to.deputy or post.lead,
        "actions": counted(post.actions, mapping.plan.action_word),
        "contact": contact(mapping),
        "office": mapping.office.name,
    }
    subject, body = (filled(template, words) for template in templates)
    # A deputy finds somebody else's name on the workbook, and should not take it for a mistake.
    if to.deputy:
        body = f"{body.rstrip()}\n\nYou receive this as deputy for {post.lead}.\n"
    marking = mapping.office.marking
    # Offices that mark their papers mark a mail's subject too: `[OFFICIAL-SENSITIVE]`.
    if marking:
        subject, body = f"[{marking}] {subject}", f"{marking}\n\n{body}"
    return Draft(post.lead, to, subject, body, post.workbook)
