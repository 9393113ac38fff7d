"""Findings about the rows and answers of a return, and about what the officer decides."""

from __future__ import annotations

from xlplan.plan.findings.wording import ERROR, NOTICE, WARNING, Wording

ROWS: dict[str, Wording] = {
    # A returned row
    "row-unknown": Wording(
        ERROR,
        "The row '{value}' has a token that this plan never gave out.",
        "Its answers are not taken in; ask the lead to use the workbook that was sent.",
    ),
    "row-not-theirs": Wording(
        ERROR,
        "The row {value} was given to {owner}, not to {lead}.",
        "Its answers are not taken in; ask {owner}.",
    ),
    "row-ref-differs": Wording(
        ERROR,
        "The row's token is for {expected}, and its ref says {value}.",
        "Its answers are not taken in; ask the lead which action they mean.",
    ),
    "row-measure-differs": Wording(
        ERROR,
        "The row's code is for {expected}, and the row reads {value}.",
        "Its reading is not taken in; ask the lead which measure they mean.",
    ),
    # Excel makes 1.1 of 1.10 where the cell is a number.
    "ref-shortened": Wording(
        NOTICE,
        "The ref reads {value}, and the row was taken as {expected}: the end of a number is "
        "easily lost.",
        "Nothing to do if the row's other cells fit.",
    ),
    "row-token-missing": Wording(
        ERROR,
        "The row {value} has lost its token.",
        "Its answers are not taken in; ask the lead to use the workbook that was sent.",
    ),
    "answer-refused": Wording(
        ERROR,
        "{said} in a row that was refused; it is not taken in.",
        "Check which action it is about, and put it there.",
    ),
    "refused-beside": Wording(
        ERROR,
        "The row that was refused also says: {value}.",
        "It is not taken in; check what it is about, and ask the lead.",
    ),
    "row-not-sent": Wording(
        ERROR,
        "The row '{value}' is none that {lead} was sent.",
        "Its answers are not taken in; ask the lead which action they mean.",
    ),
    "row-ref-unclear": Wording(
        ERROR,
        "The ref '{value}' may mean more than one action.",
        "Its answers are not taken in; ask the lead which action they mean.",
    ),
    # Leads of joint actions fill in one file and pass their rows on.
    "row-pasted": Wording(
        NOTICE,
        "The row of {ref} was pasted from the workbook of {owner} for {round}.",
        "It is taken as {lead}'s answer, and compared with what that workbook showed.",
    ),
    "row-code-lost": Wording(
        WARNING,
        "The answers on the row of {ref} carry no code of their own: they were filled down, "
        "copied or pasted.",
        "Decide whether they belong to this row.",
    ),
    # One answer for three rows: Excel keeps it in the first of the merged cells.
    "cells-merged": Wording(
        WARNING,
        "Cells were merged inside the table; what they say was taken for every row that they "
        "reach down over.",
        "Check those rows.",
    ),
    "row-missing": Wording(
        NOTICE,
        "The row of {ref} is not in the returned workbook.",
        "Nothing is deleted; the action stays as it is.",
    ),
    "row-repeated": Wording(
        NOTICE,
        "The row of {ref} stands twice with the same answers; it was taken once.",
        "Nothing to do.",
    ),
    "row-repeated-differs": Wording(
        WARNING,
        "The row of {ref} stands more than once with different answers.",
        "Decide which holds.",
    ),
    "row-detached": Wording(
        WARNING,
        "The answers on the row of {ref} belong to {other}: somebody sorted the answers without "
        "their rows.",
        "Decide whether the mended order is right.",
    ),
    "rows-not-looked-at": Wording(
        NOTICE,
        "{count} sent back untouched: {refs}.",
        "Ask the lead whether there is nothing to say on them.",
    ),
    "row-moved-meanwhile": Wording(
        NOTICE,
        "{said} The answers on this row count all the same.",
        "Nothing to do if they still fit.",
    ),
    "row-led-by-others": Wording(
        NOTICE,
        "This action is led by {now} now; it was sent to {lead}, whose answers were taken.",
        "Tell {now} if they should know.",
    ),
    "locked-changed": Wording(
        WARNING,
        "'{name}' was changed from '{old}' to '{value}'; leads do not edit it, so it was not "
        "applied.",
        "Change it with `xlplan set` if the lead is right.",
    ),
    "column-missing": Wording(
        WARNING,
        "The column '{value}' is not in the returned workbook.",
        "Nothing is cleared; ask the lead if they had answers there.",
    ),
    "column-unknown": Wording(
        NOTICE,
        "The column '{value}' was added; it holds: {text}.",
        "Not taken into the plan; read it.",
    ),
    "note-outside": Wording(
        NOTICE, "Text outside the table: '{value}'.", "Not taken into the plan; read it."
    ),
    "notes-unlisted": Wording(
        NOTICE,
        "{count} more texts stand outside the table of this sheet, the first of them here.",
        "Not taken into the plan; open the file and read them.",
    ),
    "sheet-unread": Wording(
        NOTICE,
        "The sheet '{value}' is not part of the update workbook; it holds: {text}.",
        "Not taken into the plan; read it.",
    ),
    "answer-unplaced": Wording(
        WARNING,
        "'{value}' stands in a row that names no action; {above}.",
        "It is not taken in. If it belongs to an action, enter it with `xlplan set REF FIELD "
        "VALUE --for LEAD`.",
    ),
    # A block pasted over hidden columns fills those too.
    "code-overwritten": Wording(
        WARNING,
        "'{value}' stands in the hidden column of row codes: probably pasted over it with its "
        "neighbours.",
        "It is not taken in. If it is an answer, enter it with `xlplan set REF FIELD VALUE --for "
        "LEAD`.",
    ),
    # Text boxes and shapes lie over the sheet, and no cell knows of them.
    "text-box": Wording(
        WARNING,
        "A text box lies here; it says: '{value}'.",
        "Not taken into the plan; if it is an answer, enter it with `xlplan set REF FIELD VALUE`, "
        "a lead's with `--for`.",
    ),
    "drawing-unread": Wording(
        WARNING, "{what} lies here; it was not read.", "Open the file and look at it."
    ),
    "sheet-cut-off": Wording(
        WARNING,
        "The sheet '{value}' holds rows of the update workbook without their headings, which were "
        "not read: {text}.",
        "Copy the rows back below the others, or put the row of headings over them, and import "
        "the file again.",
    ),
    "reason-alone": Wording(
        NOTICE,
        "A reason for a new due date is given and the due date is not changed.",
        "It is kept as a note with the action.",
    ),
    "nothing-answered": Wording(
        NOTICE,
        "Nothing to report: {how}. It counts as received.",
        "Nothing to do.",
    ),
    "answers-elsewhere": Wording(
        WARNING,
        "No cell for answers was filled in, and the file says something elsewhere: see the other "
        "lines about it.",
        "Read them: there may be an answer among them, to be entered with `xlplan set REF FIELD "
        "VALUE --for LEAD`.",
    ),
    "no-change-and-edits": Wording(
        NOTICE,
        "'No change' is ticked and other cells of the row are changed; the changes were taken.",
        "Nothing to do if that is right.",
    ),
    "nothing-sheetlike": Wording(
        NOTICE,
        "There was no file to take in.",
        "Put the returned workbooks into {value}, or name them.",
    ),
    # Decisions
    "decision-unknown": Wording(
        ERROR, "There is no open question {value}.", "Open: {open}. See `xlplan decisions`."
    ),
    "decision-reason": Wording(
        ERROR,
        "{value} is declined without a reason.",
        "{todo}",
    ),
    "decision-uncoded": Wording(
        ERROR,
        "This line has lost its row code, and does not show what {value} asks now: nothing was "
        "decided.",
        "Answer it in a new workbook of `xlplan decisions --out FILE`, or with `xlplan decide "
        "{value}`.",
    ),
    "decision-replaced": Wording(
        NOTICE,
        "{value} had been answered '{before}' ({by}, {on}); '{now}' replaces that.",
        "If that was not meant, answer it again before the merge.",
    ),
    "decision-section": Wording(
        ERROR,
        "'{value}' does not say where the new action goes: nothing was decided.",
        "{todo}",
    ),
    "decision-ambiguous": Wording(
        ERROR, "'{value}' could be more than one answer: none was taken.", "{todo}"
    ),
    "decision-stale": Wording(
        WARNING,
        "The values of {value} have moved since this was decided.",
        "Look at the question again and decide anew.",
    ),
    "decision-rests": Wording(
        WARNING,
        "'{value}' was decided on ({number}), and nobody says it any more: that decision rests.",
        "It holds again once somebody says so; see `xlplan decisions` for what waits instead.",
    ),
    "decision-kept": Wording(
        NOTICE,
        "All who answered say '{value}' by now; the plan is kept, as was decided on {number}.",
        "`xlplan decide {number} --accept` takes it after all.",
    ),
    "lead-asked": Wording(
        WARNING,
        "You answered '{value}' here; {others}.",
        "Agree on what stands, correct it if need be, and send this workbook back.",
    ),
    "answer-other": Wording(
        WARNING,
        "You also answered '{value}' here, in another row of {ref}.",
        "Keep the answer that holds.",
    ),
    "answer-earlier": Wording(
        WARNING,
        "You answered '{value}' in {earlier}; your later workbook left this as it was sent out.",
        "Leave it if it still holds, or put back what stood here.",
    ),
    "answers-moved": Wording(
        WARNING,
        "These answers stood on the row of {other}: they had been sorted without their rows, and "
        "were put back here.",
        "Check that they belong to {ref}, and send this workbook back.",
    ),
    "answers-uncoded": Wording(
        WARNING,
        "The hidden code beside these answers did not fit this row.",
        "Check that they belong to {ref}, and send this workbook back.",
    ),
    "change-refused": Wording(
        WARNING, "'{value}' was not taken: {reason}", "In the plan: '{master}'. {contact}"
    ),
    "proposal-blank": Wording(
        WARNING,
        "A proposed action has no text.",
        "It cannot be accepted: ask the lead what is to be done, decline it, or say which action "
        "it is the same as.",
    ),
    "proposal-section": Wording(
        WARNING,
        "'{value}' is no section of this plan.",
        "Nearest: {near}. Where the action goes is asked when it is accepted.",
    ),
    "decision-choice": Wording(ERROR, "'{value}' does not answer this question.", "{todo}"),
    "decision-beside": Wording(
        ERROR,
        "'{value}' stands beside '{choice}', which does not use it: neither was taken; "
        "{meanwhile}.",
        "{todo}",
    ),
    "decision-incomplete": Wording(
        ERROR,
        "'{value}' is written, and {lacks}: nothing was decided; {meanwhile}.",
        "{todo}",
    ),
    "decision-twice": Wording(
        ERROR,
        "{value} is answered on more than one line, differently: none was taken.",
        "Keep one of them: {cells}.",
    ),
    "decision-left": Wording(
        WARNING,
        "'{value}' stands beside an answer that was not taken, and was not kept.",
        "Say it again with the next.",
    ),
    "decision-locked": Wording(
        WARNING,
        "'{name}' was changed to '{value}'; that cell decides nothing, and it was not taken in.",
        "Choose '{choice}' and write the value into '{column}', or use `xlplan set`.",
    ),
    "decision-aside": Wording(
        NOTICE,
        "There is {what} here, and it decides nothing: '{value}'.",
        "Not kept; what should be kept belongs into 'Your reason'.",
    ),
}
