"""A number as its cell shows it, where that says more than digits; a day as a person sees it."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from xlplan.spreadsheets.cells import text_of
from xlplan.spreadsheets.number_formats import moment, shows_time, whole_day


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        # Words beside the number.
        (12, '0" of 15 visits"', "12 of 15 visits"),
        (12.5, '0" of 15 visits"', "12.5 of 15 visits"),
        (-5, '0" down"', "-5 down"),
        (5, 'General" visits"', "5 visits"),
        (12, "0\\ \\h", "12 h"),
        (0.29, '0%" done"', "29% done"),
        (3, '[Red]0 "days; late";@', "3 days; late"),
        # Money, with the sign where the format has it.
        (1250, '"£"#,##0', "£1,250"),
        (1250.5, "[$£-809]#,##0.00", "£1,250.50"),
        (-1250.5, '"£"#,##0.00;[Red]-"£"#,##0.00', "-£1,250.50"),
        (0, '_-"£"* #,##0_-;-"£"* #,##0_-;_-"£"* "-"??_-;_-@_-', "£-"),
        # Another unit: what is typed is not what is shown, and rounded.
        (1_234_567, '0.0,,"M"', "1.2M"),
        (1_234_567, '#,##0,"k"', "1,235k"),
        (1500, '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', "1.5K"),
        (15, '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', "15"),
        # Fractions.
        (2.5, "# ?/?", "2 1/2"),
        (0.25, "# ??/??", "1/4"),
        (2.5, "?/?", "5/2"),
        (2.3, "# ?/8", "2 2/8"),
        (3, "# ?/?", "3"),
        # A word for a number.
        (0, '0;-0;"nil"', "nil"),
        (4, '0;-0;"nil"', "4"),
        # Digits alone are the number's own: never fewer than it has.
        (42.7, "0", "42.7"),
        (1234, "#,##0", "1234"),
        (-5, "0;(0)", "-5"),
        (12_345, "0.00E+00", "12345"),
        (10_203, "00-00-00", "10203"),
        (7, ";;;", "7"),
        (7, "[Red]", "7"),
        (7, '"', "7"),
    ],
)
def test_a_number_as_its_cell_shows_it(value: float, code: str, shown: str) -> None:
    assert text_of(value, code) == shown


@pytest.mark.parametrize(
    ("serial", "code", "shown"),
    [
        (1.5, "[h]:mm", "36:00"),
        (0.25, "[hh]:mm:ss", "6:00:00"),
        (0.5, "[mm]", "720"),
        (0.5, "[m]:ss", "720:00"),
        (1, "[ss]", "86400"),
        (-0.5, "[h]:mm", "-12:00"),
        (0.5, "hh:mm", time(12)),
        (41305, "d mmm", datetime(2013, 1, 31)),
        (41305.75, "d mmm hh:mm", datetime(2013, 1, 31, 18)),
    ],
)
def test_days_times_and_lengths_of_time(serial: float, code: str, shown: object) -> None:
    assert shows_time(code)
    assert moment(serial, code) == shown


@pytest.mark.parametrize(
    "code", ["", "General", "GENERAL", "0.00", "@", '0" days"', "0\\d", "[Red]0", "[$-809]0"]
)
def test_letters_that_are_no_codes_of_a_day(code: str) -> None:
    assert not shows_time(code)


@pytest.mark.parametrize(
    ("moment_", "code", "seen"),
    [
        (datetime(2026, 6, 29, 23, 59, 12), "dd/mm/yyyy", datetime(2026, 6, 30)),
        (datetime(2026, 6, 30, 0, 0, 48), "dd/mm/yyyy", datetime(2026, 6, 30)),
        (datetime(2026, 6, 29, 23, 59, 12), "dd/mm/yyyy hh:mm", datetime(2026, 6, 29, 23, 59, 12)),
        (datetime(2026, 6, 29, 14, 30), "dd/mm/yyyy", datetime(2026, 6, 29, 14, 30)),
        (datetime(2026, 6, 29, 23), "dd/mm/yyyy", datetime(2026, 6, 29, 23)),
    ],
)
def test_a_moment_next_to_midnight_is_the_day_that_was_meant(
    moment_: datetime, code: str, seen: datetime
) -> None:
    assert whole_day(moment_, code) == seen
