"""Sentences about hidden counts, which say no more than a reader can know."""
from models.arbeidszorg.report.shape import Column, Row, Table
from tests.models.arbeidszorg.report.sample_report import HIDDEN, sample, shown
from views.arbeidszorg.report.hiding import MOST_NAMES, why
from views.arbeidszorg.report.hiding import shown as shown_of


def counted(**cells):
    """The table of a variable with one count a row, and its total if it is given."""
    rows = [Row(code, code.title(), (cell,), total=code == "total") for code, cell in cells.items()]
    return Table("2-income", 2, "Hoofdinkomen", (Column("count", "Aantal"),), tuple(rows))


def by_situation(**rows):
    """The table of the same variable by situation, with a total behind each row."""
    columns = (Column("active", "Actief"), Column("ended", "Gestopt"), Column("total", "Totaal"))
    return Table("3-income-by-situation", 3, "Hoofdinkomen", columns,
                 tuple(Row(code, code.title(), cells) for code, cells in rows.items()))


def why_in(table, *others):
    return why(sample(tables=(table, *others)), table)


def test_a_hidden_count_with_a_shown_part_is_said_to_be_large():
    table = counted(work=HIDDEN, benefit=shown(30), total=shown(60))
    parts = by_situation(work=(shown(0), HIDDEN, HIDDEN), benefit=(shown(10), shown(20), shown(30)))
    assert why_in(table, parts) == (
        "‘Work’ staat er niet, hoewel het er 5 of meer zijn: ermee zou een kleiner aantal te berekenen zijn.")


def test_nothing_is_said_of_a_hidden_count_of_which_no_part_is_shown():
    table = counted(work=HIDDEN, benefit=shown(30), total=shown(60))
    assert why_in(table) == ""
    assert why_in(table, by_situation(work=(HIDDEN, HIDDEN, HIDDEN))) == ""


def test_a_hidden_total_with_a_shown_row_is_said_to_be_large():
    assert why_in(counted(work=HIDDEN, benefit=shown(30), total=HIDDEN)).startswith("‘Total’ staat er niet")
    assert why_in(counted(work=HIDDEN, total=HIDDEN)) == ""


def test_many_hidden_counts_are_named_in_part():
    names = [f"answer{number}" for number in range(MOST_NAMES + 2)]
    parts = by_situation(**{name: (shown(9), HIDDEN, HIDDEN) for name in names})
    sentence = why_in(counted(**dict.fromkeys(names, HIDDEN)), parts)
    assert sentence.startswith("‘Answer0’, ‘Answer1’, ‘Answer2’ en nog 2 staan er niet")


def test_the_share_of_counts_that_are_shown_is_of_the_whole_report():
    report = sample(tables=(counted(work=HIDDEN, benefit=shown(30), total=shown(31)),))
    assert shown_of(report) == "2 van de 3 (66,7\u00a0%)"
