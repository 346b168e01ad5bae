"""Random files: rows and sums agree, a refused row costs no other, and taking back leaves the register as it was."""
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.arbeidszorg.register.answers import Answer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer import importing
from models.arbeidszorg.transfer.importing import import_register
from models.arbeidszorg.transfer.register_file.columns import OLD, columns
from models.arbeidszorg.transfer.report_files import Report
from models.arbeidszorg.transfer.undoing import undo
from models.errors import Refused
from models.files.csv_file import Csv
from tests.models.arbeidszorg.transfer.staging.registers import register_rows
from tests.old_register import NO_PERIOD, OPEN, counts, row

CODES = list(columns(OLD))
ODD = st.sampled_from([
    "", " ", "#N/B", "4/9/1970", "31/02/2020", "31/12/2030", "1E5", "12/mei", "\u200b", "x" * 300, "'", '"', ";", "\t",
    "Onbekend", "9000", "0", "-4", "60", "12,505", "Vrouw", "Limburg", "=1+1", "1970-04-19", "Jan\nPeeters"])
PERIODS = st.sampled_from([{}, OPEN, NO_PERIOD, {"start_date": "01/09/2016", "end_date": "31/01/2017"},
                           {"start_date": "14/01/2021", **OPEN}])
ROWS = st.lists(st.tuples(
    st.sampled_from("123"), PERIODS, st.dictionaries(st.sampled_from(CODES), ODD, max_size=2)), max_size=6)


def content_of(rows):
    return Csv.whole(columns(OLD).values(), [
        row(**{"old_number": number, **period, **odd}) for number, period, odd in rows])


def state():
    """The clients with their answers and periods, without the numbers and moments that an import gives."""
    return sorted((
        client.organisation.name, client.old_number, str(client.birth_date), client.home_postcode, client.work_postcode,
        sorted(Answer.select(Answer.question, Answer.option).where(Answer.client_number == client.number).tuples()),
        sorted(map(str, Period.select(Period.start_date, Period.end_date, Period.hours, Period.closing_reason).where(
            Period.client == client).tuples()))) for client in Client.select())


def imported(content, tmp_path):
    with Report(tmp_path / "random.csv", tmp_path) as report:
        return import_register(io.BytesIO(content), report, dates_are_dmy=True, numbers_are_right=True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.sampled_from([1, 2, 1000]))
def test_sums_agree_and_a_refused_row_costs_no_other(register, tmp_path, monkeypatch, rows, size):
    monkeypatch.setattr(importing, "BATCH", size)
    before = register_rows()
    try:
        result = imported(content_of(rows), tmp_path)
    except Refused:
        assert register_rows() == before
        return
    refused = {refusal.line for refusal in result.refusals}
    assert counts() == (result.organisations, result.clients, result.periods, result.open_periods)
    assert len(refused) == result.refused
    assert result.refused <= result.rows <= len(rows)
    came = state()
    undo(result.import_id)
    assert register_rows() == before
    if any("\n" in cell for _, _, odd in rows for cell in odd.values()):
        # A cell with a line end moves the lines below it.
        return
    accepted = [one for line, one in enumerate(rows, 2) if line not in refused]
    if accepted and refused:
        alone = imported(content_of(accepted), tmp_path)
        assert alone.refused == 0
        assert state() == came
        undo(alone.import_id)
