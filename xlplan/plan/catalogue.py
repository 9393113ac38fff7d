"""Every finding's wording: what is wrong, and what to do. Codes are stable; scripts rely on them."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Wording(NamedTuple):
    """Severity as a rule, the sentence that says what is wrong, and the one that says what to do."""

    severity: Literal["error", "warning", "notice"]
    message: str
    hint: str


ERROR: Literal["error"] = "error"
WARNING: Literal["warning"] = "warning"
NOTICE: Literal["notice"] = "notice"

CATALOGUE: dict[str, Wording] = {
    # A rating
    "rag-unknown": Wording(
        ERROR, "'{value}' is not a rating in this plan.", "Choose {allowed} from the dropdown.{near}"
    ),
    "rag-read": Wording(NOTICE, "'{value}' was read as {read}.", "Nothing to do if that is right."),
    "rag-blank": Wording(WARNING, "This action has no rating.", "Give it one, or leave it unrated on purpose."),
    # A timescale or date
    "date-impossible": Wording(WARNING, "'{value}' names a day that does not exist.", "Did they mean {likely}?"),
    "date-implausible": Wording(
        WARNING, "'{value}' reads as {read}, which does not fit the plan's period.", "Did they mean {likely}?"
    ),
    "date-truncated": Wording(WARNING, "'{value}' looks like a date that lost its end.", "Did they mean {likely}?"),
    "date-inferred": Wording(
        NOTICE,
        "'{value}' has no year; {read} was taken from the plan's period.",
        "Write the year if that is wrong.",
    ),
    "date-unread": Wording(
        WARNING,
        "'{value}' cannot be read as a date.",
        "It is kept as text; write a month and year, a date, Ongoing or TBC.",
    ),
    "date-not-a-date": Wording(ERROR, "'{value}' is not a date.", "Write it as {example}."),
    "date-ambiguous": Wording(ERROR, "'{value}' could be {first} or {second}.", "Write the month as a word."),
    "date-order": Wording(
        NOTICE,
        "'{value}' was read as {read}: other dates in this file put the month first.",
        "Nothing to do if that is right.",
    ),
    "date-swapped": Wording(
        WARNING, "'{value}' is the old date {old} with day and month changed round.", "Say which is right."
    ),
    "start-after-end": Wording(WARNING, "The start '{value}' comes after the end '{end}'.", "Mend whichever is wrong."),
    "due-past": Wording(
        WARNING,
        "The new due date '{value}' has already passed.",
        "Give a later one, or rate the action completed.",
    ),
    # Other types
    "number-unread": Wording(ERROR, "'{value}' is not a number.", "Write digits only, such as 42 or 0.45."),
    "out-of-range": Wording(
        WARNING, "'{value}' is outside the range that the office expects: {limits}.", "Check the figure and its unit."
    ),
    "choice-unknown": Wording(ERROR, "'{value}' is not one of the choices.", "Choose {allowed}.{near}"),
    "tick-unread": Wording(ERROR, "'{value}' is neither yes nor no.", "Choose Yes, or leave it empty."),
    "cell-error": Wording(ERROR, "The cell shows the error {value}.", "Type the value itself in place of the formula."),
    "cell-formula": Wording(
        NOTICE, "The cell held a formula; its result '{value}' was taken.", "Nothing to do if that is right."
    ),
    "cell-formula-empty": Wording(
        ERROR,
        "The cell holds the formula {value} and no result.",
        "Open the file in Excel, save it, and send it again; or type the value.",
    ),
    "cell-agrees": Wording(NOTICE, "'{value}' stands in the plan already.", "Nothing to do."),
    "cell-decided": Wording(
        NOTICE,
        "'{value}' was answered, asked about and decided before, or outranked by a worse rating.",
        "Nothing to do; it is on record.",
    ),
    "cell-comment": Wording(NOTICE, "The cell carries a comment: '{value}'.", "It is kept with the action."),
    "cell-link": Wording(
        NOTICE, "The cell leads to {value}.", "The address is kept with the action; the cell's own text was taken."
    ),
    "cell-struck-part": Wording(
        NOTICE,
        "Part of the text is struck through: '{part}'. The cell was taken as it stands: '{value}'.",
        "Delete that part if it should go.",
    ),
    "cell-struck": Wording(
        NOTICE,
        "The text '{value}' is struck through; it was taken as it stands.",
        "Delete it if it should go.",
    ),
    "text-mended": Wording(
        NOTICE,
        "'{value}' holds letters of another alphabet that look like Latin ones; it was read as '{read}'.",
        "Retype it when you next edit the cell.",
    ),
    "too-long": Wording(ERROR, "The text has {length} characters; at most {limit} fit.", "Shorten it."),
    "required": Wording(WARNING, "{name} is needed when {why}.", "Fill it in, or tell the office why there is none."),
    # Leads and references
    "lead-unresolved": Wording(
        WARNING,
        "'{value}' is nobody in the plan's key to leads.",
        "Nearest: {near}. Add the name to the mapping, or mend the cell.",
    ),
    "lead-blank": Wording(
        WARNING, "This action has no lead.", "Name one; until then it goes into the office's own workbook."
    ),
    "lead-dangling": Wording(
        WARNING, "'{value}' ends as if another lead were missing.", "Complete it, or take the loose end away."
    ),
    "ref-missing": Wording(
        WARNING,
        "This action has no ref; it was given {given}.",
        "Write the ref into the cell if it should have another.",
    ),
    "refs-given": Wording(
        NOTICE,
        "The plan's {count} actions have no refs; they were given {first} to {last}.",
        "The refs are shown from now on; write others into a column of refs if you want them.",
    ),
    "ref-repeated": Wording(WARNING, "The ref '{value}' stands on {count} actions.", "Give each its own."),
    "reference-broken": Wording(
        WARNING, "'{value}' points to an action that the plan does not have.", "Mend the reference."
    ),
    # Reading the office's own workbook
    "sheet-missing": Wording(
        ERROR,
        "The mapping names a sheet '{value}' that the workbook does not have.",
        "The workbook has: {sheets}. Mend the mapping or the workbook.",
    ),
    "header-missing": Wording(
        ERROR,
        "No header row was found: of the headings {wanted}, the best row has {found}.",
        "Mend the headings in the mapping.",
    ),
    "heading-missing": Wording(
        ERROR,
        "The heading of field '{value}' was not found; the mapping knows {wanted}.",
        "Nearest on the sheet: {near}. Add the heading to the mapping.",
    ),
    "heading-unknown": Wording(
        NOTICE,
        "The column '{value}' is not in the mapping; it was passed over.",
        "Add a field for it if it matters.",
    ),
    "heading-twice": Wording(
        ERROR, "Two columns have the heading '{value}'.", "Rename one, in the workbook and the mapping."
    ),
    "heading-differs": Wording(
        WARNING,
        "The heading '{value}' stands where another header of the table has that of '{name}'; it was read as that.",
        "Add the spelling to the mapping if that is right.",
    ),
    "heading-moved": Wording(
        ERROR,
        "The heading '{value}' stands in another column here than in the first header of the table.",
        "Move the column, or make the lower part a table of its own in the mapping.",
    ),
    "line-unknown": Wording(
        ERROR,
        "The line '{value}' stands inside the table and matches nothing that the mapping says.",
        "Add its pattern to the mapping's lines.",
    ),
    "table-empty": Wording(ERROR, "The table has no actions.", "Check the sheet and the headings in the mapping."),
    "row-unread": Wording(ERROR, "A row with '{value}' has no action text.", "Complete the row, or take it out."),
    "section-missing": Wording(
        ERROR, "An action stands before any section line.", "Check the section lines in the mapping."
    ),
    "totals-differ": Wording(
        WARNING,
        "The published total {name} is {published}; the rows give {listed}.",
        "Mend the rows or the published table.",
    ),
    # A returned file
    "file-not-spreadsheet": Wording(
        ERROR,
        "This is not a spreadsheet that can be read: {why}.",
        "Ask for it as .xlsx; .xlsm, .xls, .xlsb, .ods and .csv are read too.",
    ),
    "file-password": Wording(
        ERROR,
        "The file is protected by a password.",
        "Ask the lead to save it without one and send it again.",
    ),
    "file-empty": Wording(ERROR, "The file is empty (0 bytes).", "Ask the lead to send it again."),
    "container-empty": Wording(
        WARNING,
        "Nothing is in it: no file and no text.",
        "Ask whoever sent it to attach the workbook and send it again.",
    ),
    "file-not-read": Wording(
        ERROR,
        "The file could not be read this time: {why}. Nothing says that it is damaged.",
        "Import it again when the computer is less busy; if that fails too, ask for it as .xlsx.",
    ),
    "file-unsafe": Wording(
        ERROR, "The file was refused as unsafe: {why}.", "Ask the lead to fill in the workbook that was sent."
    ),
    "file-in-use": Wording(
        ERROR,
        "The file cannot be opened: another program has it open, or you may not read it.",
        "Close it where it is open, or copy it elsewhere, and import it again.",
    ),
    "file-lock": Wording(
        NOTICE,
        "This is a lock file that a spreadsheet program leaves while a workbook is open; it was passed over.",
        "Close the workbook, and import it if it is not in the list.",
    ),
    "file-duplicate": Wording(NOTICE, "The same file was taken in before.", "Nothing to do."),
    "file-superseded": Wording(
        NOTICE, "A newer return of the same lead, {newer}, stands over this one.", "Nothing to do."
    ),
    "file-other-plan": Wording(
        ERROR,
        "This workbook belongs to another plan or was not made by xlplan: no row's token is known here.",
        "Check that it is the right file; a bare copy can be read with --lead and --round.",
    ),
    "file-not-a-return": Wording(ERROR, "This is a {kind} workbook, not an update workbook.", "{todo}"),
    "file-passed-over": Wording(NOTICE, "This is no spreadsheet; it was not read.", "Look at it yourself."),
    "table-not-found": Wording(
        ERROR,
        "The workbook of {lead} has come back, and no table of actions was found in it.",
        "Open it; ask the lead to use the workbook that was sent.",
    ),
    "claim-differs": Wording(
        WARNING,
        "You said that this is {claimed}'s; its own marks say {owner}'s, and it was taken in as that.",
        "Leave out --lead and --round, or check that it is the right file.",
    ),
    "matched-by-ref": Wording(
        WARNING,
        "{count} rows without marks were matched by their refs, as {lead}'s for {round}.",
        "Check the changes: refs can be mistyped, and tokens cannot.",
    ),
    "message-text": Wording(
        NOTICE, "The message says: '{value}'.", "It is kept with the return; it was not read further."
    ),
    "message-alone": Wording(
        WARNING,
        "The message has no workbook with it; it says: '{value}'.",
        "If it is an answer, enter it with `xlplan received LEAD` or `xlplan set REF FIELD VALUE --for LEAD`.",
    ),
    "file-kept": Wording(
        NOTICE,
        "This came with the return and is no spreadsheet: it was not read.",
        "Look at it; it is kept with the return.",
    ),
    "marks-disagree": Wording(
        WARNING,
        "The workbook's marks disagree: {marks}.",
        "Each row was read by its own token; check that the file is what you think it is.",
    ),
    "round-answered": Wording(
        NOTICE,
        "{lead} has filled in the workbook of '{round}' again, which they had answered: it counts as their answer to '{open}'.",
        "It is compared with what that workbook showed.",
    ),
    "round-closed": Wording(
        NOTICE,
        "This is a return for the earlier round '{round}'.",
        "It is compared with what that round's workbook showed.",
    ),
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
    "ref-shortened": Wording(
        NOTICE,
        "The ref reads {value}, and the row's token is for {expected}: the end of a number is easily lost.",
        "It was taken as {expected}; nothing to do if the row's other cells fit.",
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
    "row-pasted": Wording(
        NOTICE,
        "The row of {ref} was pasted from the workbook of {owner} for {round}.",
        "It is taken as {lead}'s answer, and compared with what that workbook showed.",
    ),
    "row-code-lost": Wording(
        WARNING,
        "The answers on the row of {ref} carry no code of their own: they were filled down, copied or pasted.",
        "Decide whether they belong to this row.",
    ),
    "cells-merged": Wording(
        WARNING,
        "Cells were merged inside the table; what they say was taken for every row that they reach down over.",
        "Check those rows.",
    ),
    "row-missing": Wording(
        NOTICE,
        "The row of {ref} is not in the returned workbook.",
        "Nothing is deleted; the action stays as it is.",
    ),
    "row-repeated": Wording(
        NOTICE, "The row of {ref} stands twice with the same answers; it was taken once.", "Nothing to do."
    ),
    "row-repeated-differs": Wording(
        WARNING, "The row of {ref} stands more than once with different answers.", "Decide which holds."
    ),
    "row-detached": Wording(
        WARNING,
        "The answers on the row of {ref} belong to {other}: somebody sorted the answers without their rows.",
        "Decide whether the mended order is right.",
    ),
    "rows-not-looked-at": Wording(
        NOTICE, "{count} sent back untouched: {refs}.", "Ask the lead whether there is nothing to say on them."
    ),
    "locked-changed": Wording(
        WARNING,
        "'{name}' was changed from '{old}' to '{value}'; leads do not edit it, so it was not applied.",
        "Change it with `xlplan set` if the lead is right.",
    ),
    "column-missing": Wording(
        WARNING,
        "The column '{value}' is not in the returned workbook.",
        "Nothing is cleared; ask the lead if they had answers there.",
    ),
    "column-unknown": Wording(
        NOTICE, "The column '{value}' was added; it holds: {text}.", "Not taken into the plan; read it."
    ),
    "note-outside": Wording(NOTICE, "Text outside the table: '{value}'.", "Not taken into the plan; read it."),
    "sheet-unread": Wording(
        NOTICE,
        "The sheet '{value}' is not part of the update workbook; it holds: {text}.",
        "Not taken into the plan; read it.",
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
        "No cell for answers was filled in, and the file says something elsewhere: see the other lines about it.",
        "Read them: there may be an answer among them, to be entered with `xlplan set REF FIELD VALUE --for LEAD`.",
    ),
    "no-change-and-edits": Wording(
        NOTICE,
        "'No change' is ticked and other cells of the row are changed; the changes were taken.",
        "Nothing to do if that is right.",
    ),
    "nothing-sheetlike": Wording(
        NOTICE, "There was no file to take in.", "Put the returned workbooks into {value}, or name them."
    ),
    # The office's own edition
    "ref-used": Wording(
        ERROR, "The ref {value} belongs to another action, or did once.", "A ref is never used again: choose another."
    ),
    "edition-behind": Wording(
        WARNING,
        "This cell says what the plan said at init, and the plan has moved since: it was left as the plan has it.",
        "To put it back, use `xlplan set`, or edit a master workbook that xlplan wrote and import that.",
    ),
    "section-new": Wording(
        NOTICE,
        "The section '{value}' is new: the merge makes it, and what stands below it belongs to it.",
        "If it is an old one under another ref or name, put back what it was called and rename it in a step of its own.",
    ),
    "row-left-out": Wording(
        NOTICE, "The row of this action is missing.", "Nothing was withdrawn: decide with `xlplan decisions`."
    ),
    "entry-taken-out": Wording(
        WARNING,
        "The office took the entry '{value}' out from among others, which are added to: the plan keeps it.",
        "To take it out, write what should stay with `xlplan set`.",
    ),
    # Where the plan is kept
    "plan-synced": Wording(
        WARNING,
        "The plan lies in a folder that {value} carries about; two machines may write it at once.",
        "Keep plan.db in a folder of this machine or on a shared drive, and name it with --plan.",
    ),
    # Decisions
    "decision-unknown": Wording(ERROR, "There is no open question {value}.", "Open: {open}. See `xlplan decisions`."),
    "decision-stale": Wording(
        WARNING,
        "The values of {value} have moved since this was decided.",
        "Look at the question again and decide anew.",
    ),
    "lead-asked": Wording(
        WARNING,
        "You answered '{value}' here; {others}.",
        "Agree on what stands, correct it if need be, and send this workbook back.",
    ),
    "answer-other": Wording(
        WARNING, "You also answered '{value}' here, in another row of {ref}.", "Keep the answer that holds."
    ),
    "answer-earlier": Wording(
        WARNING,
        "You answered '{value}' in {earlier}; your later workbook left this as it was sent out.",
        "Leave it if it still holds, or put back what stood here.",
    ),
    "answers-moved": Wording(
        WARNING,
        "These answers stood on the row of {other}: they had been sorted without their rows, and were put back here.",
        "Check that they belong to {ref}, and send this workbook back.",
    ),
    "answers-uncoded": Wording(
        WARNING,
        "The hidden code beside these answers did not fit this row.",
        "Check that they belong to {ref}, and send this workbook back.",
    ),
    "change-refused": Wording(WARNING, "'{value}' was not taken: {reason}", "In the plan: '{master}'. {contact}"),
    "proposal-blank": Wording(
        WARNING,
        "A proposed action has no text.",
        "It cannot be accepted: ask the lead what is to be done, decline it, or say which action it is the same as.",
    ),
    "proposal-section": Wording(
        WARNING,
        "'{value}' is no section of this plan.",
        "Nearest: {near}. Accepted as it is, the action goes where the first action of its lead stands.",
    ),
    "decision-choice": Wording(ERROR, "'{value}' does not answer this question.", "Choose {choices}."),
}
