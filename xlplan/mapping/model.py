"""What a mapping says, as closed pydantic models: one TOML file describes one plan in its owner's
layout.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

FieldType = Literal[
    "ref",
    "text",
    "rag",
    "timescale",
    "date",
    "percent",
    "number",
    "leads",
    "links",
    "choice",
    "tick",
    "measure",
]
Edit = Literal["lead", "office", "nobody"]
Input = Literal["current", "fresh"]
MergeRule = Literal["conflict", "append", "worst", "approve"]
LineKind = Literal[
    "section",
    "section.lead",
    "section.outcome",
    "section.note",
    "requirement",
    "title",
    "footnote",
    "ignore",
]


class ClosedModel(BaseModel):
    """A model that refuses keys it does not know, and cannot be changed once read."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PlanWords(ClosedModel):
    """What the plan is called, and the time it covers."""

    id: str = Field(description="Short name of the plan, used in file names: walsall-2012.")
    title: str = Field(description="The plan's title as the office prints it.")
    organisation: str = Field("", description="The council, trust or charity whose plan it is.")
    start: date | None = Field(
        None, description="First day the plan covers; dates before it are doubted."
    )
    end: date | None = Field(None, description="Last day the plan covers.")
    action_word: str = Field(
        "action", description="What the office calls one action: action, task, milestone."
    )
    section_word: str = Field(
        "section", description="What the office calls a section: theme, priority, objective."
    )


class Office(ClosedModel):
    """The programme office, as leads see it."""

    name: str = Field(
        "Programme office", description="What leads call it; the name of its own workbook."
    )
    contact: str = Field("", description="Whom leads ask: a name, telephone or e-mail.")
    email: str = Field("", description="Where answers by e-mail go.")
    # Government's scheme: OFFICIAL, OFFICIAL-SENSITIVE; the office owes it on every page.
    marking: str = Field(
        "", description="Protective marking printed on every page, such as OFFICIAL."
    )
    date_format: str = Field(
        "%d %b %Y", description="How the office writes a date, in strftime codes."
    )


class WordingSpec(ClosedModel):
    """Sentences that leads read, where the office wants its own."""

    guide: list[str] = Field(
        default_factory=list, description="Paragraphs on top of the guide sheet."
    )
    email_subject: str = Field(
        "{plan}: update for {round}, please return by {return_by}",
        description="Subject of the draft to a lead. Also {lead}, {actions}, {contact} and "
        "{office}.",
    )
    email_body: str = Field(
        "", description="Text of the draft, with the same words in braces; ours when left out."
    )
    reminder_subject: str = Field(
        "Reminder: {plan}, update for {round}, due {return_by}",
        description="Subject of the draft of a reminder.",
    )
    reminder_body: str = Field(
        "", description="Text of a reminder, with the same words in braces; ours when left out."
    )


class Line(ClosedModel):
    """A full-width line of the table, told by its text.

    `reads` holds patterns such as `THEME {ref} - {text}`: `{ref}` and `{text}` are read, other
    characters stand for themselves, a blank may be none or many, case does not matter. A stop,
    bracket, colon or dash behind `{ref}` is as good as another, and the line may end there. The
    first kind whose pattern fits wins.
    """

    kind: LineKind = Field(description="What a line of this pattern is; ignore leaves it out.")
    reads: list[str] = Field(
        default_factory=lambda: ["{text}"], description="Patterns, tried in order."
    )
    shapes: list[str] = Field(
        default_factory=list,
        description="What {ref} looks like in this line; numbers, single letters, roman numerals "
        "and number words when left out.",
    )


class TableSpec(ClosedModel):
    """One sheet's table of actions: its heading lines, and what its rows are."""

    sheet: str = Field(description="Name of the sheet.")
    name: str = Field("", description="Name of the table; the sheet's name when left out.")
    status: Literal["open", "completed"] = Field(
        "open", description="What an action in this table is, unless its rating says more."
    )
    section: str = Field(
        "",
        description="The section that all its actions belong to, where a sheet is one section and "
        "no line says so.",
    )
    # Published plans are tables for print: headings of sections run across all their columns.
    lines: list[Line] = Field(
        default_factory=list, description="Its lines that are no actions, by pattern."
    )
    fields: list[str] | None = Field(
        None,
        description="Keys of the fields that this table has; all that have headings when left out. "
        "The others get a column to the right in the master.",
    )


class RequiredWhen(ClosedModel):
    """This field is needed when another one holds one of some values, or moved."""

    field: str = Field(description="The key of the other field.")
    # `is` reads well in TOML and is a word of Python.
    values: list[str] = Field(
        default_factory=list, alias="is", description="Values of the other field."
    )
    moved: bool = Field(False, description="Whether any change of the other field counts.")
    severity: Literal["error", "warning", "notice"] = Field(
        "warning", description="How serious it is when blank."
    )

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class FieldSpec(ClosedModel):
    """One field of an action: where it stands in the workbook, what it holds, who may edit it."""

    name: str = Field(
        "", description="What people call the field; the first heading when left out."
    )
    headings: list[str] = Field(
        default_factory=list,
        description="Its heading as published, with other spellings; none: it is a column that "
        "the office's workbook lacks.",
    )
    # Excel merges the upper of two header rows over its columns; only the first of them has text.
    under: str = Field(
        "",
        description="The heading merged over it in the row above, where the header has two rows.",
    )
    type: FieldType = Field(
        "text", description="What its cells hold; how each is read and compared."
    )
    edit: Edit = Field(
        "office",
        description="Who changes it: lead (an input of the update workbook), office, nobody.",
    )
    input: Input = Field(
        "current",
        description="current: the input shows the plan's value; fresh: it starts empty, the "
        "plan's value stands locked beside it.",
    )
    merge: MergeRule = Field(
        "conflict",
        description="What becomes of different answers: conflict (asked), append (texts: a "
        "list of entries), worst (ratings), "
        "approve (every move is asked).",
    )
    width: int | None = Field(
        None, description="Column width in characters; chosen from the contents when left out."
    )
    shapes: list[str] = Field(
        default_factory=list,
        description="What a ref or link looks like: 9 is a number, a or A a letter, the rest "
        "stands for itself: `9.9`, `NEW 9`, `9 (a)`.",
    )
    opens: list[str] = Field(
        default_factory=list,
        description="For the action's text: what opens it, tried in order: `{ref} Ofsted "
        "{links} {text}`. A stop, bracket, colon or dash behind `{ref}` belongs to neither.",
    )
    # Offices keep last quarter's rating in a column beside this one's.
    history: dict[str, list[str]] = Field(
        default_factory=dict,
        description="Headings of columns that hold earlier values: initial, previous; oldest "
        "first.",
    )
    choices: list[str] = Field(
        default_factory=list, description="For a choice: what may be chosen, as it is spelt."
    )
    required_when: list[RequiredWhen] = Field(
        default_factory=list,
        description='When it may not be blank: `{ field = "rag", is = ["R", "A"] }`.',
    )
    max_length: int | None = Field(
        None,
        description="Most characters that an answer should have; a longer one is kept, and told.",
    )
    minimum: float | None = Field(
        None, description="For a number or percent (0.45 is 45%): the least that is believed."
    )
    maximum: float | None = Field(
        None, description="For a number or percent: the most that is believed."
    )
    not_past: bool = Field(
        False, description="A date moved to before the day of the import is doubted."
    )
    severity: Literal["error", "warning", "notice"] = Field(
        "warning",
        description="How serious a value beyond max_length, outside minimum and maximum, or a "
        "date in the past, is.",
    )
    prompt: str = Field("", description="What a lead reads when the input cell is selected.")
    show: bool = Field(True, description="Whether leads see it in the update workbook.")


class RatingSpec(ClosedModel):
    """One rating of the plan's scale."""

    code: str = Field(description="How it stands in the cells: R, DG, Complete.")
    name: str = Field(description="Its name, for legends and reports.")
    # Published plans colour the cell and print the letter on it.
    colour: str = Field(
        pattern=r"^#[0-9A-Fa-f]{6}$", description="#RRGGBB; light enough for black letters."
    )
    meaning: str = Field("", description="What the office means by it, shown in the guide.")
    kind: Literal["not-started", "graded", "closed"] = Field(
        "graded",
        description="graded ones stand in the order worst to best; closed means the action is "
        "completed.",
    )
    spellings: list[str] = Field(default_factory=list, description="Other words for it.")


class LeadSpec(ClosedModel):
    """One person, post or group. `spellings` are other ways to write this one name."""

    name: str = Field(description="The name that the plan uses from then on.")
    kind: Literal["person", "post", "group"] = Field(
        "person", description="A group may have members or a contact."
    )
    code: str = Field("", description="Initials or another short form: JW, DCS.")
    spellings: list[str] = Field(
        default_factory=list, description="Other ways to write this one name."
    )
    members: list[str] = Field(
        default_factory=list, description="Names or codes of a group's members."
    )
    contact: str = Field("", description="Who answers for a group.")
    role: str = Field("", description="What they are in the organisation.")
    email: str = Field("", description="Their address, for drafts of e-mails.")
    copy_to: list[str] = Field(default_factory=list, description="Addresses that get a copy.")
    # August: heads of service are on leave when the round's mail goes out.
    deputy: str = Field("", description="Who stands in: a name of this key, or an e-mail address.")
    deputy_from: date | None = Field(
        None, description="First day on which the deputy gets the lead's mail."
    )
    deputy_until: date | None = Field(None, description="Last day of it; both left out: always.")


class LeadsSheet(ClosedModel):
    """A sheet of the office's workbook that holds the key to leads."""

    sheet: str = Field(description="Name of the sheet.")
    name: list[str] = Field(description="Headings of the column of names.")
    code: list[str] = Field(
        default_factory=list, description="Headings of the column of initials or codes."
    )
    role: list[str] = Field(default_factory=list, description="Headings of the column of roles.")
    members: list[str] = Field(
        default_factory=list, description="Headings of the column of a group's members."
    )
    kind: Literal["person", "post", "group"] = Field(
        "person", description="What everybody on this list is."
    )


class MeasuresSheet(ClosedModel):
    """A sheet of measures (KPIs): headings by the measure's fields `no measure unit target section
    leads`, and the office's own.
    """

    sheet: str = Field(description="Name of the sheet.")
    headings: dict[str, list[str]] = Field(
        description="Headings by key: no, measure, unit, target, section, others."
    )


class TotalsSheet(ClosedModel):
    """A sheet where the office publishes its own totals: which column counts which rating, or which
    row does.
    """

    sheet: str = Field(description="Name of the sheet.")
    rating: list[str] = Field(
        default_factory=list,
        description="Heading of the column of ratings, when there is a row for each.",
    )
    count: list[str] = Field(
        default_factory=list, description="Heading of the column that counts them."
    )
    section: list[str] = Field(
        default_factory=list, description="Heading of the column that names the section by its ref."
    )
    columns: dict[str, list[str]] = Field(
        default_factory=dict, description="Headings by rating code, when a row is a section."
    )


class Routing(ClosedModel):
    """Who gets a workbook."""

    workbook_for: Literal["accountable", "responsible", "both"] = Field(
        "both", description="Whose action it is where a plan tells the two apart."
    )
    # `JW / SB`: some offices hold both to account, others whoever stands first.
    joint: Literal["all", "first"] = Field(
        "all", description="Whether all leads of an action get it, or the first."
    )
    group: Literal["contact", "members", "own"] = Field(
        "own",
        description="A group's action goes to its contact, to each member, or into one workbook "
        "of the group's own.",
    )


class PlanMapping(ClosedModel):
    """Everything that makes one plan different from another."""

    plan: PlanWords = Field(description="What the plan is called, and the time it covers.")
    office: Office = Field(Office(), description="The programme office, as leads see it.")
    wording: WordingSpec = Field(WordingSpec(), description="Sentences that leads read.")
    routing: Routing = Field(Routing(), description="Who gets a workbook.")
    tables: Annotated[list[TableSpec], Field(min_length=1, description="Where the actions stand.")]
    fields: dict[str, FieldSpec] = Field(description="What the columns are, by key.")
    rag: list[RatingSpec] = Field(
        default_factory=list, description="The rating scale; graded ones worst first."
    )
    new_refs: list[str] = Field(
        default_factory=list,
        description="Shapes of the refs of new actions (`NEW 9`): unrated ones count as new.",
    )
    # Recommendation 7 is answered by 7.1 and 7.2, wherever in the table they stand.
    requirement_by: Literal["place", "ref"] = Field(
        "place",
        description="place: an action belongs to the requirement above it; ref: to the one whose "
        "number its ref continues.",
    )
    leads: list[LeadSpec] = Field(
        default_factory=list, description="The key to leads: people, posts, groups."
    )
    leads_sheets: list[LeadsSheet] = Field(
        default_factory=list, description="Sheets that hold the key to leads."
    )
    measures: MeasuresSheet | None = Field(None, description="The sheet of measures (KPIs).")
    totals: TotalsSheet | None = Field(
        None, description="The sheet of the office's own published totals."
    )
