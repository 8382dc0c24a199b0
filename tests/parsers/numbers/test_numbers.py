"""Figures of single cells and of whole columns.

Sources: F = formats seen on real plans; the corpus' five papers by name; GSO = the
signs of official statistics.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.numbers.conventions import (
    CellMark,
    ColumnConvention,
    Convention,
    Kind,
    doubt_of,
    find_mark,
    infer_convention,
    likely_readings,
    parse_number,
    readings,
    settle,
    settle_cell,
)
from parsers.vocabulary import Vocabulary

COMMA, DOT, UNKNOWN = (
    Convention.COMMA_DECIMAL,
    Convention.DOT_DECIMAL,
    Convention.UNKNOWN,
)


@pytest.mark.parametrize(
    ("text", "comma", "dot"),
    [
        ("1", "1", "1"),
        ("5724", "5724", "5724"),  # F: beside '5.724'
        ("5.724", "5724", "5.724"),
        ("15,883", "15.883", "15883"),  # Bỉm Sơn
        ("2.09", None, "2.09"),  # Bỉm Sơn
        ("1,19", "1.19", None),  # Dị Sử
        ("6,79", "6.79", None),  # Cam Lộ
        ("21.340,5", "21340.5", None),  # F
        ("1,234.5", None, "1234.5"),
        ("1.234.567", "1234567", None),
        ("10.98", None, "10.98"),  # F: a count with decimals
        ("290.934", "290934", "290.934"),  # F
        ("34.8", None, "34.8"),  # F: a dropped zero
        ("30.0", None, "30.0"),
        ("0.750", None, "0.750"),  # a group never begins with 0
        (",77", "0.77", None),
        ("04", "4", "4"),  # F: a leading zero
        ("12 345", "12345", "12345"),  # F: a space groups
        ("12\u00a0345", "12345", "12345"),
        ("12\u2009345,6", "12345.6", None),
        ("24%1;", "24", "24"),  # F: a glued footnote mark
        ("7,72 %", "7.72", None),
        ("12*", "12", "12"),
        ("12\u00b9", "12", "12"),
        ("-5", "-5", "-5"),
        ("- 1.200.000", "-1200000", None),
        ("(1.234)", "-1234", "-1.234"),
        ("\u22120,5", "-0.5", None),
    ],
)
def test_digits_mean_this(text: str, comma: str | None, dot: str | None) -> None:
    wanted = {c: Decimal(v) for c, v in ((COMMA, comma), (DOT, dot)) if v is not None}
    assert readings(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "0.36,6",  # Dị Sử
        "1,2,3",
        "1.23.456",
        "1..2",
        "12 34",
        "1. 458",
        "12.",
        "-",
        "",
        "Không có",
        "hộ",
        "(12",
        "12)",
        "1 234.567,8.9",
        "1.234 567",
        "1" * 19,
    ],
)
def test_no_number_is_made_of_this(text: str) -> None:
    assert readings(text) == {}


@pytest.mark.parametrize(
    ("texts", "kind", "convention", "ambiguous", "values"),
    [
        # Cam Lộ: counts and rates of one table.
        (["1.458", "2.706", "38"], "count", COMMA, False, ["1458", "2706", "38"]),
        (["6,79", "3,66", "0,00"], "rate", COMMA, False, ["6.79", "3.66", "0.00"]),
        # Bỉm Sơn.
        (["949", "15,883"], "count", DOT, False, ["949", "15883"]),
        (["3.69", "2.09"], "rate", DOT, False, ["3.69", "2.09"]),
        # Dị Sử: both separators in one column, and 1 for 1,00.
        (["0.75", "1,19", "1"], "rate", UNKNOWN, False, ["0.75", "1.19", "1"]),
        # F: '5724' beside '5.724'.
        (["5724", "5.724"], "count", COMMA, False, ["5724", "5724"]),
        (["10.98", "12"], "count", DOT, False, ["10.98", "12"]),
        (["2.000", "12"], "count", COMMA, False, ["2000", "12"]),
        # A rate lies in 0 to 100, so three decimals are decimals.
        (["12.345", "0.5"], "rate", DOT, False, ["12.345", "0.5"]),
        # F: money with one grouping only has two meanings …
        (["904", "2.925"], "amount", UNKNOWN, True, ["904", None]),
        # … until another cell shows what the dot is.
        (["21.340,5", "2.925"], "amount", COMMA, False, ["21340.5", "2925"]),
        (["1.234.567", "2.925"], "amount", COMMA, False, ["1234567", "2925"]),
        # Witnesses against each other settle nothing for the rest.
        (["2.5", "2,5", "2.925"], "amount", UNKNOWN, True, ["2.5", "2.5", None]),
        # One cell that lost a digit ('12.590') is no witness; two in a few are.
        (["12.59", "13.172"], "amount", UNKNOWN, True, ["12.59", None]),
        (["12.59", "9.4", "13.172"], "amount", DOT, False, ["12.59", "9.4", "13.172"]),
        (["12", "904"], "amount", UNKNOWN, False, ["12", "904"]),
        (["0.36,6", "0.85"], "rate", DOT, False, [None, "0.85"]),
    ],
)
def test_column_is_read_by_its_own_evidence(
    texts: list[str],
    kind: Kind,
    convention: Convention,
    ambiguous: bool,
    values: list[str | None],
) -> None:
    column = infer_convention(texts, kind)
    assert (column.convention, column.ambiguous) == (convention, ambiguous)
    wanted = [None if v is None else Decimal(v) for v in values]
    assert [parse_number(t, column) for t in texts] == wanted


def test_evidence_names_a_cell_that_decides() -> None:
    assert "'6,79'" in infer_convention(["1.458", "6,79"], "amount").evidence


def test_evidence_of_doubt_names_a_cell_that_has_two_meanings() -> None:
    assert "'2.925'" in infer_convention(["904", "2.925"], "amount").evidence


def test_sums_settle_an_ambiguous_column() -> None:
    cells = ["13.172", "12.268", "904"]  # in all, central budget, province
    column = infer_convention(cells, "amount")

    def sums_that_hold(convention: Convention) -> int:
        whole, *parts = (
            parse_number(t, ColumnConvention(convention, False, "", "amount"))
            for t in cells
        )
        return int(whole == sum(p for p in parts if p is not None))

    settled = settle(column, sums_that_hold)
    assert parse_number("13.172", settled) == 13172
    assert not settled.ambiguous
    assert settled.evidence.startswith(column.evidence)


def test_equations_that_hold_either_way_settle_nothing() -> None:
    column = infer_convention(["3.000", "2.925"], "amount")
    assert settle(column, lambda _: 3) == column


def test_a_sure_column_is_not_asked_again() -> None:
    column = infer_convention(["2,5", "2.925"], "amount")
    assert settle(column, lambda c: int(c is DOT)) == column


def test_a_sum_picks_the_value_of_one_odd_cell() -> None:
    parts = Decimal("262.784") + Decimal("28.150")
    assert settle_cell("290.934", "amount", lambda v: int(v == parts)) == parts
    assert settle_cell("290.934", "amount", lambda _: 1) is None
    assert settle_cell("290.934", "amount", lambda _: 0) is None
    assert settle_cell("0.36,6", "rate", lambda _: 1) is None


def test_brackets_are_minus_for_amounts_alone() -> None:
    amounts = infer_convention(["(12)"], "amount")
    counts = infer_convention(["(12)"], "count")
    assert parse_number("(12)", amounts) == -12
    assert parse_number("(12)", counts) is None


@pytest.mark.parametrize(
    ("text", "value", "kind", "said"),
    [
        ("10.98", "10.98", "count", "decimals"),
        ("-3", "-3", "count", "below zero"),
        ("118", "118", "rate", "above 100"),
        (",77", "0.77", "rate", "first digit"),
    ],
)
def test_odd_value_is_doubted(text: str, value: str, kind: Kind, said: str) -> None:
    doubt = doubt_of(text, Decimal(value), infer_convention([text], kind))
    assert doubt is not None
    assert said in doubt
    assert text in doubt


def test_amount_written_otherwise_than_its_column_is_doubted() -> None:
    column = infer_convention(["21.340,5", "1.234.567", "2.925", "12.59"], "amount")
    assert parse_number("2.925", column) == 2925
    doubt = doubt_of("12.59", Decimal("12.59"), column)
    assert doubt is not None
    assert "12.59" in doubt


@pytest.mark.parametrize(("text", "kind"), [("38", "count"), ("1,75", "rate")])
def test_plain_value_is_not_doubted(text: str, kind: Kind) -> None:
    column = infer_convention([text], kind)
    value = parse_number(text, column)
    assert value is not None
    assert doubt_of(text, value, column) is None


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Không có", CellMark.NONE),  # F: none is said in words, so it is zero
        ("-", CellMark.BLANK),  # F: beside the empty cell
        ("–", CellMark.BLANK),
        ("", CellMark.BLANK),
        ("  ", CellMark.BLANK),
        ("…", CellMark.UNKNOWN),  # GSO: it is, but its number is not known
        ("...", CellMark.UNKNOWN),
        ("0.36,6", None),
        ("12", None),
        ("Ghi chú", None),
    ],
)
def test_cell_without_figure_says(
    text: str, mark: CellMark | None, vocabulary: Vocabulary
) -> None:
    assert find_mark(text, vocabulary) is mark


GROUPS = {COMMA: ".", DOT: ","}
POINTS = {COMMA: ",", DOT: "."}


def write(value: Decimal, convention: Convention, group: str) -> str:
    """Print a value as papers do."""
    text = f"{value:,f}" if group else f"{value:f}"
    table = {",": group, ".": POINTS[convention]}
    return "".join(table.get(c, c) for c in text)


@st.composite
def printed(draw: st.DrawFn) -> tuple[Decimal, Convention, str]:
    value = draw(
        st.decimals(min_value=0, max_value=10**12, places=draw(st.integers(0, 4)))
    )
    convention = draw(st.sampled_from([COMMA, DOT]))
    group = draw(st.sampled_from(["", GROUPS[convention], " ", "\u00a0", "\u2009"]))
    return value, convention, write(value, convention, group)


@given(printed())
def test_any_printed_value_reads_back(case: tuple[Decimal, Convention, str]) -> None:
    value, convention, text = case
    assert readings(text)[convention] == value


@given(printed(), st.sampled_from(["%", " %", ";", "*"]))
def test_signs_after_a_figure_change_nothing(
    case: tuple[Decimal, Convention, str], sign: str
) -> None:
    _, _, text = case
    assert readings(text + sign) == readings(text)


@given(st.text(alphabet="0123456789., %-()", max_size=16))
def test_no_value_has_digits_that_are_not_printed(text: str) -> None:
    figure = text.partition("%")[0]  # a digit after the sign is a note mark
    digits = "".join(c for c in figure if c.isdigit()).lstrip("0")
    for value in readings(text).values():
        assert str(abs(value)).replace(".", "").lstrip("0") == digits


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    for kind in ("count", "rate", "amount"):
        assert set(likely_readings(text, kind)) <= set(readings(text))
        parse_number(text, infer_convention([text], kind))


@given(st.lists(printed().filter(lambda c: c[1] is COMMA), min_size=1, max_size=12))
def test_a_column_of_one_custom_is_never_misread(
    cells: list[tuple[Decimal, Convention, str]],
) -> None:
    column = infer_convention([text for _, _, text in cells], "amount")
    for value, _, text in cells:
        assert parse_number(text, column) in (value, None)
        if not column.ambiguous:
            assert parse_number(text, column) == value
