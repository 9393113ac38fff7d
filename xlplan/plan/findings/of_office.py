"""Findings about the office's own workbook, its editions, and where the plan is kept."""

from __future__ import annotations

from xlplan.plan.findings.wording import ERROR, NOTICE, WARNING, Wording

OFFICE: dict[str, Wording] = {
    # Reading the office's own workbook
    "sheet-missing": Wording(
        ERROR,
        "The mapping names a sheet '{value}' that the workbook does not have.",
        "The workbook has: {sheets}. Mend the mapping or the workbook.",
    ),
    "sheet-renamed": Wording(
        WARNING,
        "The sheet '{value}' was read as '{name}', which is missing: it has the same headings.",
        "The master calls it '{name}'; write the new name into the mapping if it should stay.",
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
    "column-unheaded": Wording(
        WARNING,
        "{count} cells of this column stand under no heading, the first says '{value}'; none was "
        "read.",
        "Write the heading, and add it to the mapping if the column matters.",
    ),
    "heading-twice": Wording(
        ERROR,
        "Two columns have the heading '{value}'.",
        "Rename one, in the workbook and the mapping.",
    ),
    # Published tables repeat their header on each page, retyped: `Timescale`, `Timescales`.
    "heading-differs": Wording(
        WARNING,
        "The heading '{value}' stands where another header of the table has that of '{name}'; it "
        "was read as that.",
        "Add the spelling to the mapping if that is right.",
    ),
    "heading-moved": Wording(
        ERROR,
        "The heading '{value}' stands in another column here than in the first header of the "
        "table.",
        "Move the column, or make the lower part a table of its own in the mapping.",
    ),
    "line-unknown": Wording(
        ERROR,
        "The line '{value}' stands inside the table and matches nothing that the mapping says.",
        "Add its pattern to the mapping's lines.",
    ),
    "table-empty": Wording(
        ERROR, "The table has no actions.", "Check the sheet and the headings in the mapping."
    ),
    "row-unread": Wording(
        ERROR, "A row with '{value}' has no action text.", "Complete the row, or take it out."
    ),
    # West Sussex ends its refs in a full stop from the second objective on: `2.1.0. With ...`.
    "refs-unread": Wording(
        WARNING,
        "{count} texts open with something like {shape}, as '{value}' does, which the mapping does "
        "not read as a ref; they were given others.",
        "Add '{shape}' to `shapes` of [fields.ref], or a pattern to `opens` of [fields.action].",
    ),
    "section-missing": Wording(
        ERROR,
        "Actions stand before any section line: {count}.",
        "Check the section lines in the mapping.",
    ),
    "totals-differ": Wording(
        WARNING,
        "The published total {name} is {published}; the rows give {listed}.",
        "Mend the rows or the published table.",
    ),
    # The office's own edition
    # A master goes round; whoever has a copy can change anything in it (docs/why.md).
    "edition-asked": Wording(
        WARNING,
        "{value} by the office, from {file}: yours? In fields that leads fill in: {of_leads}; in "
        "others: {others}.",
        "Nothing of it is taken until you answer; `xlplan decisions` shows the question. "
        "`xlplan import --as-office` says yes beforehand.",
    ),
    "ref-used": Wording(
        ERROR,
        "The ref {value} belongs to another action, or did once.",
        "A ref is never used again: choose another.",
    ),
    "edition-behind": Wording(
        WARNING,
        "This cell says what the plan said at init, and the plan has moved since: it was left as "
        "the plan has it.",
        "To put it back, use `xlplan set`, or edit a master that xlplan wrote and import it with "
        "--as-office.",
    ),
    # Somebody empties a merged line, or deletes its row while cutting others.
    "section-line-gone": Wording(
        WARNING,
        "The line of section '{value}' is gone: {count} actions would move to the section above.",
        "They stay where they are. Put the line back, or move them with `xlplan set REF section`.",
    ),
    "sheet-sorted": Wording(
        WARNING,
        "The rows were sorted past the lines of their sections; {count} lines stand above none of "
        "their actions.",
        "What the rows say was taken, and each stays where it was. Move one with "
        "`xlplan set REF section`.",
    ),
    "section-new": Wording(
        NOTICE,
        "The section '{value}' is new: the merge makes it, and what stands below it belongs to it.",
        "If it is an old one under another ref or name, put back what it was called and rename it "
        "in a step of its own.",
    ),
    "row-new": Wording(
        NOTICE,
        "This row is none of the plan's: the merge makes it a new action, '{value}'.",
        "If that is wrong, take the file out with `xlplan unstage`, mend the row, and import it "
        "again.",
    ),
    "ref-emptied": Wording(
        NOTICE,
        "The ref of this row is gone, and its hidden code tells whose it is: the plan keeps "
        "{value}.",
        "Write another ref into the cell if the action should have one.",
    ),
    "measure-new": Wording(
        NOTICE,
        "This row is none of the plan's measures: the merge makes it a new one, '{value}'.",
        "If that is wrong, take the file out with `xlplan unstage`, mend the row, and import it "
        "again.",
    ),
    "measure-left-out": Wording(
        NOTICE,
        "The row of the measure '{value}' is missing.",
        "Nothing was deleted: the plan keeps the measure.",
    ),
    "measure-section": Wording(
        WARNING,
        "'{value}' is no section of this plan: the measure stays where it was.",
        "Write the section's ref or name.",
    ),
    "line-changed": Wording(
        WARNING,
        "The line '{value}' does not stand so in the plan: it was not taken in.",
        "Titles, notes and requirements stay as they were at init; sections with their leads and "
        "outcomes are taken in.",
    ),
    "requirement-unknown": Wording(
        WARNING,
        "'{value}' is no requirement of this plan: actions stay under the one that they had.",
        "Write a requirement that the plan has; requirements themselves stay as they were at init.",
    ),
    "row-left-out": Wording(
        NOTICE,
        "The row of this action is missing.",
        "Nothing was withdrawn: decide with `xlplan decisions`.",
    ),
    "entry-taken-out": Wording(
        WARNING,
        "The office took the entry '{value}' out from among others, which are added to: the plan "
        "keeps it.",
        "To take it out, write what should stay with `xlplan set`.",
    ),
    # Where the plan is kept
    # OneDrive and Dropbox copy a database while it is written, and keep both copies of two writers.
    "plan-synced": Wording(
        WARNING,
        "The plan lies in a folder that {value} carries about; two machines may write it at once.",
        "Keep plan.db in a folder of this machine or on a shared drive, and name it with --plan.",
    ),
}
