"""Findings about a returned file as a whole."""

from __future__ import annotations

from xlplan.plan.findings.wording import ERROR, NOTICE, WARNING, Wording

FILES: dict[str, Wording] = {
    # A returned file
    # Scans, photographs and Word documents come back in place of the workbook, under its name.
    "file-not-spreadsheet": Wording(
        ERROR,
        "This is not a spreadsheet that can be read: {why}.",
        "Ask for it as .xlsx; .xlsm, .xls, .xlsb, .ods and .csv are read too.",
    ),
    "file-not-understood": Wording(
        ERROR,
        "xlplan stumbled over something in this file ({why}); nothing of it was taken in.",
        "Ask for it saved anew as .xlsx, or enter its answers with `xlplan set --for`; report it, "
        "with the file.",
    ),
    "file-password": Wording(
        ERROR,
        "The file is protected by a password.",
        "Ask the lead to save it without one and send it again.",
    ),
    "query-unwritten": Wording(
        ERROR,
        "This query workbook could not be written: {why}.",
        "Mend that, then run `xlplan import` again: it writes what is missing and leaves what "
        "stands there.",
    ),
    # A mail server or a synced drive that was cut off leaves a name without content.
    "file-empty": Wording(ERROR, "The file is empty (0 bytes).", "Ask the lead to send it again."),
    # "Please find attached", and nothing is.
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
        ERROR,
        "The file was refused as unsafe: {why}.",
        "Ask the lead to fill in the workbook that was sent.",
    ),
    # Excel on Windows lets nobody else open what it has open.
    "file-in-use": Wording(
        ERROR,
        "The file cannot be opened: another program has it open, or you may not read it.",
        "Close it where it is open, or copy it elsewhere, and import it again.",
    ),
    "file-lock": Wording(
        NOTICE,
        "This is a lock file that a spreadsheet program leaves while a workbook is open; it was "
        "passed over.",
        "Close the workbook, and import it if it is not in the list.",
    ),
    "file-duplicate": Wording(NOTICE, "The same file was taken in before.", "Nothing to do."),
    "file-of-several": Wording(
        NOTICE,
        "The file holds the sheets of several leads ({leads}); those of {lead} ({sheets}) are a "
        "return of their own.",
        "Nothing to do.",
    ),
    "sheet-of-nobody": Wording(
        WARNING,
        "The file holds the sheets of several leads, and nothing on '{value}' tells whose it is: "
        "it "
        "was not taken in. It holds: {text}.",
        "Ask whose it is; then save that sheet as a file of its own, and import it with --lead "
        "and --round.",
    ),
    "file-superseded": Wording(
        NOTICE,
        "A newer return of the same lead, {newer}, is there: where both answer, the newer one "
        "counts.",
        "Nothing to do: what only this one answers still counts.",
    ),
    # An office runs several plans, and a lead answers the wrong one.
    "file-other-plan": Wording(
        ERROR,
        "This workbook belongs to another plan or was not made by xlplan: no row's token is known "
        "here.",
        "Check that it is the right file. Was the plan made anew since it was sent? Then export "
        "again and copy the "
        "answers over. Only a copy whose rows have no codes can be read with --lead and --round.",
    ),
    "file-not-a-return": Wording(
        ERROR, "This is a {kind} workbook, not an update workbook.", "{todo}"
    ),
    "file-packed": Wording(
        WARNING,
        "This is {what}; it was not opened, and a workbook may be in it.",
        "Open it yourself, save the workbook that is in it, and import that.",
    ),
    "file-passed-over": Wording(
        NOTICE, "This is no spreadsheet; it was not read.", "Look at it yourself."
    ),
    "table-not-found": Wording(
        ERROR,
        "The workbook of {lead} has come back, and no table of actions was found in it.",
        "Open it; ask the lead to use the workbook that was sent.",
    ),
    "claim-differs": Wording(
        WARNING,
        "You said that this is {claimed}'s; its own marks say {owner}'s, and it was taken in as "
        "that.",
        "Leave out --lead and --round, or check that it is the right file.",
    ),
    # Values pasted into a new workbook, or a .csv without the hidden column.
    "matched-by-ref": Wording(
        WARNING,
        "{count} rows without marks were matched by their refs, as {lead}'s for {round}.",
        "Check the changes: refs can be mistyped, and tokens cannot.",
    ),
    "message-text": Wording(
        NOTICE,
        "The message says: '{value}'.",
        "It is kept with the return; it was not read further.",
    ),
    "message-alone": Wording(
        WARNING,
        "The message has no workbook with it; it says: '{value}'.",
        "If it is an answer, enter it with `xlplan received LEAD` or `xlplan set REF FIELD VALUE "
        "--for LEAD`.",
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
    # Leads keep last round's file on their desktop and fill it in anew.
    "round-answered": Wording(
        NOTICE,
        "{lead} has filled in the workbook of '{round}' again, which they had answered: it counts "
        "as their answer to '{open}'.",
        "It is compared with what that workbook showed.",
    ),
    "answers-again": Wording(
        NOTICE,
        "{lead} has sent the workbook of '{round}' again with the answers that are there already: "
        "they count for no other round.",
        "Their answer to '{open}' is still to come.",
    ),
    "round-closed": Wording(
        NOTICE,
        "This is a return for the earlier round '{round}'.",
        "It is compared with what that round's workbook showed.",
    ),
}
