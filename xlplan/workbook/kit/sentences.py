"""Every sentence of ours that a lead reads, in workbook or mail, in one place; words in braces are
filled in.

What the mapping says comes first (names, prompts, guide paragraphs): `words.py` chooses.
"""

from __future__ import annotations

LABELS = {
    "ref": "Ref",
    "rag": "Rating",
    "links": "Links",
    "measures": "Measures",
    "due": "Due",
    "due_reason": "Reason for the new date",
    "start": "Start",
}
PROMPTS = {
    "progress": "Say in a few plain sentences what has been done since the last round. The last "
    "note stays as it is.",
    "due": "Only if the date moves: type the new one as you would write it, such as 31 Mar 2026, "
    "Mar 2026 or Ongoing.",
    "due_reason": "If the date moves, say why.",
    "evidence": "Say where the evidence is, or what shows it. Add to what stands here, or correct "
    "it.",
}
TYPE_PROMPTS = {
    "date": "Type a date, such as 31/03/2026.",
    "percent": "Type a percentage, such as 45%.",
    "number": "Type a number, digits only.",
    "tick": "Choose Yes, or leave it empty.",
    "choice": "Choose from the list.",
    "timescale": "Type a date or month as you would write it, such as Mar 2026.",
}
"""Names of common fields, and what a lead reads when an input of theirs is selected."""

SENTENCES = {
    # An input of our own
    "no_change": "No change this round",
    "no_change.prompt": "Choose Yes if there is nothing new to say about this action in this "
    "round.",
    # The title block
    "title": "{plan}: update for {round}",
    "title.return": "{lead}: please return by {day} to {contact}",
    "title.how": "Fill in the yellow cells; they turn blue once changed. Nothing new? Choose Yes "
    "under “{tick}”."
    "{also} Then save and send the workbook back.",
    "title.measures": "Type your readings on the sheet {sheet}.",
    "title.mend": "What you sent is in place. Mend the red cells: the column beside your answers "
    "says what is wrong. "
    "Then save and send the workbook back.",
    "title.more": "and {count} more: see the column “{column}”",
    "title.code": "Workbook code {code}, issued {day}",
    "title.count": "{done} of {total} {word} updated",
    # The table
    "table.code": "Row code",
    "table.code.copy": "Row code (copy)",
    "table.joint": "Joint leads",
    "table.more": "… and {count} more: see the note on this cell",
    "table.whole": "All of it: ",
    "prompt.other": "Yours to fill in.",
    "band.locked": "What the plan says",
    "band.input": "Your update: fill in the yellow cells",
    "band.aside": "More about it, as the plan has it",
    "problem": "To mend",
    "problem.note": "To mend: ",
    # What a cell refuses
    "refuse.list": "Not in the list",
    "refuse.list.choose": "Choose {choices} from the list.",
    "refuse.date": "Not a date",
    "refuse.date.type": "Type a date, such as 31/03/2026.",
    "refuse.long": "Long text",
    "refuse.long.fits": "At most {longest} characters fit.",
    # The guide
    "guide": "How to fill in this workbook",
    "guide.whose": "{plan}: {round}, {lead}",
    "guide.do": "What to do",
    "guide.step": "Step {number}",
    "guide.step.rows": "Each row of the sheet Update is one {word} that you lead. On the left, "
    "locked, stands what the "
    "plan says; beyond the yellow cells, more about it.",
    "guide.step.fill": "Fill in the yellow cells. Once changed they turn blue, and a tick appears "
    "at the start of the "
    "row.",
    "guide.step.nothing": "Nothing new on one of them? Choose Yes under “{tick}”, so that we know "
    "you have looked at "
    "it.",
    "guide.step.measures": "You also report measures: type this round's readings on the sheet "
    "{sheet}.",
    "guide.step.whole": "You may filter, hide or widen columns and save under any name. Please "
    "keep the rows whole: "
    "do not sort or paste only some of the columns.",
    "guide.step.send": "Save the workbook and send it to {contact} by {day}.",
    "guide.columns": "Your columns",
    "guide.ratings": "Key to ratings",
    "guide.questions": "Questions",
    "guide.marking": "Protective marking: {marking}",
    # Proposing
    "propose": "Propose a new {word}",
    "propose.hint": "one a row; each gets an answer.",
    "propose.how": "Use the yellow rows below your {words}: what should be done, where it "
    "belongs, by when and why. "
    "Each is decided, and you are told.",
    "propose.heading": "New {word}",
    "propose.why": "Why it is needed",
    "propose.action": "What should be done? One proposal a row; leave the rows empty if you have "
    "none.",
    "propose.section": "Choose where it belongs.",
    "propose.section.keep": "The plan has no such part. Keep it all the same?",
    "propose.due": "When it should be done, as you would write it: Mar 2026.",
    "propose.leads": "Who should lead it. Left empty: {lead}.",
    "propose.measures": "How one will see that it has worked.",
    "propose.progress": "Why it is needed, in a sentence.",
    "propose.other": "For the new action.",
    # Measures
    "measures": "Measures: {round}, {lead}",
    "measures.band": "This round",
    "measures.last": "Last reading",
    "measures.now": "Reading now",
    "measures.prompt": "What the measure reads now: 87, 45%, £1,200.",
    "measures.how": "Type this round's reading into the yellow cells, by {day}.",
}

MAILS = {
    "update": "Dear {lead},\n\n"
    "Please find attached your workbook for {round} of the {plan}. It holds {actions} that you "
    "lead.\n\n"
    "Fill in the yellow cells, and choose Yes in the last of them where there is nothing new to "
    "say. "
    "Then save the workbook and send it back to {contact} by {return_by}.\n\n"
    "Thank you,\n{office}\n",
    "reminder.early": "Dear {lead},\n\n"
    "Your update for {round} of the {plan} is due by {return_by}; we have none from you yet.\n\n"
    "Your workbook is attached once more; it holds {actions} that you lead. If you have filled it "
    "in already, please "
    "send that one: nothing that you typed is lost. If nothing has changed, a line to say so is "
    "enough.\n\n"
    "Thank you,\n{office}\n",
    "reminder.late": "Dear {lead},\n\n"
    "Your update for {round} of the {plan} was due by {return_by}, and we have not been able to "
    "take one in.\n\n"
    "Your workbook is attached once more; it holds {actions} that you lead. If you have filled it "
    "in already, please "
    "send that one: nothing that you typed is lost. If nothing has changed, a line to say so is "
    "enough.\n\n"
    "Thank you,\n{office}\n",
}
"""Bodies of mails, where the mapping has none; a paragraph is one line: mail programs break lines
themselves.
"""


def say(name: str, **words: object) -> str:
    """One sentence with its words filled in.

    Raises:
        KeyError: no such sentence, or it wants a word that was not given.
    """
    return SENTENCES[name].format(**words)
