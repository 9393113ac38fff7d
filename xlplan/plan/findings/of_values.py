"""Findings about what a cell says: ratings, dates, figures, leads and references."""

from __future__ import annotations

from xlplan.plan.findings.wording import ERROR, NOTICE, WARNING, Wording

VALUES: dict[str, Wording] = {
    # A rating
    "rag-unknown": Wording(
        ERROR,
        "'{value}' is not a rating in this plan.",
        "Choose {allowed} from the dropdown.{near}",
    ),
    "rag-read": Wording(NOTICE, "'{value}' was read as {read}.", "Nothing to do if that is right."),
    "rag-blank": Wording(
        WARNING, "This action has no rating.", "Give it one, or leave it unrated on purpose."
    ),
    # What an earlier xlplan, or an edited scale, left in the plan
    "value-misfit": Wording(
        ERROR,
        "The plan holds '{value}', which is {why}.",
        "Put it right with `xlplan set {ref} {name} VALUE`.",
    ),
    # A timescale or date
    "date-impossible": Wording(
        WARNING, "'{value}' names a day that does not exist.", "Did they mean {likely}?"
    ),
    "date-implausible": Wording(
        WARNING,
        "'{value}' reads as {read}, which does not fit the plan's period.",
        "Did they mean {likely}?",
    ),
    "date-truncated": Wording(
        WARNING, "'{value}' looks like a date that lost its end.", "Did they mean {likely}?"
    ),
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
    "date-ambiguous": Wording(
        ERROR, "'{value}' could be {first} or {second}.", "Write the month as a word."
    ),
    "date-order": Wording(
        NOTICE,
        "'{value}' was read as {read}: other dates in this file put the month first.",
        "Nothing to do if that is right.",
    ),
    # An American Excel takes 4/3 for April 3, and shows 04/03 again.
    "date-swapped": Wording(
        WARNING,
        "'{value}' is the old date {old} with day and month changed round.",
        "Say which is right.",
    ),
    # A program that counts days in another zone writes 23:00 of the day before.
    "date-time": Wording(
        WARNING,
        "'{value}' says a time of day as well, {time}; {read} was taken.",
        "Check that the day is right.",
    ),
    "start-after-end": Wording(
        WARNING, "The start '{value}' comes after the end '{end}'.", "Mend whichever is wrong."
    ),
    "due-past": Wording(
        WARNING,
        "The new due date '{value}' has already passed.",
        "Give a later one, or rate the action completed.",
    ),
    # Other types
    "number-unread": Wording(
        ERROR, "'{value}' is not a number.", "Write digits only, such as 42 or 0.45."
    ),
    "out-of-range": Wording(
        WARNING,
        "'{value}' is outside the range that the office expects: {limits}.",
        "Check the figure and its unit.",
    ),
    "choice-unknown": Wording(
        ERROR, "'{value}' is not one of the choices.", "Choose {allowed}.{near}"
    ),
    "tick-unread": Wording(
        ERROR, "'{value}' is neither yes nor no.", "Choose Yes, or leave it empty."
    ),
    "cell-error": Wording(
        ERROR, "The cell shows the error {value}.", "Type the value itself in place of the formula."
    ),
    "cell-formula": Wording(
        NOTICE,
        "The cell held a formula; its result '{value}' was taken.",
        "Nothing to do if that is right.",
    ),
    # openpyxl and other programs save formulas without computing them.
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
    "cell-comment": Wording(
        NOTICE, "The cell carries a comment: '{value}'.", "It is kept with the action."
    ),
    "cell-link": Wording(
        NOTICE,
        "The cell leads to {value}.",
        "The address is kept with the action; the cell's own text was taken.",
    ),
    "cell-struck-part": Wording(
        NOTICE,
        "Part of the text is struck through: '{part}'. The cell was taken as it stands: '{value}'.",
        "Delete that part if it should go.",
    ),
    # Struck through, text is done or withdrawn, each office in its own way: nobody can tell.
    "cell-struck": Wording(
        NOTICE,
        "The text '{value}' is struck through; it was taken as it stands.",
        "Delete it if it should go.",
    ),
    # Cyrillic `А`, `С` and `Е` look like Latin letters and match none.
    "text-mended": Wording(
        NOTICE,
        "'{value}' holds letters of another alphabet that look like Latin ones; it was read as "
        "'{read}'.",
        "Retype it when you next edit the cell.",
    ),
    "too-long": Wording(
        ERROR, "The text has {length} characters; at most {limit} fit.", "Shorten it."
    ),
    "required": Wording(
        WARNING, "{name} is needed when {why}.", "Fill it in, or tell the office why there is none."
    ),
    # Leads and references
    "lead-unresolved": Wording(
        WARNING,
        "'{value}' is nobody in the plan's key to leads.",
        "Nearest: {near}. Add the name to the mapping, or mend the cell.",
    ),
    "lead-blank": Wording(
        WARNING,
        "This action has no lead.",
        "Name one; until then it goes into the office's own workbook.",
    ),
    "lead-dangling": Wording(
        WARNING,
        "'{value}' ends as if another lead were missing.",
        "Complete it, or take the loose end away.",
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
    "ref-repeated": Wording(
        WARNING, "The ref '{value}' stands on {count} actions.", "Give each its own."
    ),
    "reference-broken": Wording(
        WARNING, "'{value}' points to an action that the plan does not have.", "Mend the reference."
    ),
}
