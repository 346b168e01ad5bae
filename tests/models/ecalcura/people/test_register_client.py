"""The client of the registers, against the simulated ones in a process of their own."""
import datetime
import json
import logging

import pytest

from models.database import today, transaction
from models.ecalcura.demonstration.simulated_registers import SEED
from models.ecalcura.people import register_client, registers
from models.ecalcura.people.register_client import HttpRegisters
from models.ecalcura.people.registers import Answer, FromFile, QualificationAnswer
from tests.models.ecalcura.cast import number_of
from tests.models.ecalcura.simulation import running

TODAY = datetime.date(2026, 11, 29)
A_DAY = datetime.timedelta(days=1)
PEOPLE = {person["number"]: person for person in json.loads(SEED.read_text(encoding="utf-8"))}
BY_CASE = {person["case"]: number for number, person in PEOPLE.items() if "case" in person}
USUAL = next(number for number, person in PEOPLE.items() if person["codes"] == ["VPK"])

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture(scope="module")
def simulation():
    with running() as simulation:
        yield simulation


@pytest.fixture
def client(simulation):
    simulation.control("normal")
    return HttpRegisters(simulation.url)


def test_the_file_of_people_gives_the_same_answers_over_http_and_in_the_process(client):
    own = FromFile(SEED)
    numbers = [*BY_CASE.values(), *list(PEOPLE)[:20], number_of()]
    assert [client.find_person(one) for one in numbers] == [own.find_person(one) for one in numbers]
    assert [client.find_qualifications(one, TODAY) for one in numbers] == [
        own.find_qualifications(one, TODAY) for one in numbers]


@pytest.mark.parametrize(("case", "state"), [
    ("register silent", "silent"), ("eCad silent", "found"), ("died", "deceased"), ("no full birth date", "found"),
    ("bisnummer that was replaced", "replaced")])
def test_the_register_answers_with_a_state(client, case, state):
    assert client.find_person(BY_CASE[case]).state == state


def test_somebody_who_is_found_has_names_and_a_birth_date(client):
    person = PEOPLE[USUAL]
    assert client.find_person(USUAL) == Answer(
        "found", USUAL, person["last"], person["first"], datetime.date.fromisoformat(person["birth"]))
    assert client.find_person(BY_CASE["no full birth date"]).birth is None
    assert client.find_person(BY_CASE["died"]).deceased_on == datetime.date(2026, 8, 20)
    assert client.find_person(BY_CASE["bisnummer that was replaced"]).number == BY_CASE["had a bisnummer"]


def test_ecad_answers_with_visums_and_their_last_days(client):
    assert client.find_qualifications(USUAL, TODAY) == QualificationAnswer("found", {"VPK": None})
    assert client.find_qualifications(BY_CASE["visum expires"], TODAY).codes == {"VPK": datetime.date(2026, 9, 30)}
    assert client.find_qualifications(BY_CASE["no visum"], TODAY) == QualificationAnswer("found", {})
    assert client.find_qualifications(BY_CASE["eCad silent"], TODAY) == QualificationAnswer("silent", {})
    assert client.find_qualifications(number_of(), TODAY) == QualificationAnswer("not_found", {})


@pytest.mark.parametrize("mode", [
    {"mode": "down"}, *({"mode": "wrong", "kind": kind} for kind in ("status", "json", "state", "person", "huge"))],
    ids=str)
def test_a_register_that_fails_is_silent_and_says_so_in_the_log_without_a_number(client, simulation, caplog, mode):
    caplog.set_level(logging.DEBUG)
    simulation.control(**mode)
    assert client.find_person(USUAL) == Answer("silent")
    assert "rijksregister does not answer" in caplog.text
    if mode.get("kind") != "person":
        assert client.find_qualifications(USUAL, TODAY) == QualificationAnswer("silent", {})
    for trace in (USUAL, PEOPLE[USUAL]["last"], PEOPLE[USUAL]["first"], "number="):
        assert trace not in caplog.text


@pytest.mark.parametrize("mode", [{"mode": "slow", "seconds": 30}, {"mode": "wrong", "kind": "drip"}], ids=str)
def test_a_slow_register_is_cut_off_also_when_it_sends_a_byte_now_and_then(client, simulation, monkeypatch, mode):
    monkeypatch.setattr(register_client, "SECONDS", 0.8)
    simulation.control(**mode)
    # The drip takes a minute, and each of its bytes comes within the limit: both would end in an answer.
    assert client.find_person(USUAL) == Answer("silent")


def test_a_register_that_is_not_there_is_silent(simulation):
    assert HttpRegisters("http://127.0.0.1:9").find_person(USUAL) == Answer("silent")
    assert HttpRegisters("https://127.0.0.1:9").find_person(USUAL) == Answer("silent")
    # The simulation speaks no TLS.
    assert HttpRegisters(simulation.url.replace("http:", "https:")).find_person(USUAL) == Answer("silent")


def test_a_register_is_never_asked_in_a_transaction(client):
    with transaction(), pytest.raises(RuntimeError):
        client.find_person(USUAL)


def test_the_token_of_the_file_is_sent(client, simulation, tmp_path, monkeypatch):
    sent = []
    token = tmp_path / "token"
    token.write_text("geheim-123\n")
    request = register_client.http.client.HTTPConnection.request
    monkeypatch.setattr(register_client.http.client.HTTPConnection, "request",
                        lambda self, *asked: (sent.append(asked), request(self, *asked)))
    assert HttpRegisters(f"{simulation.url}/", token).find_person(USUAL).state == "found"
    (method, url, body, headers), = sent
    assert (method, url, json.loads(body)) == ("POST", "/person", {"number": USUAL})
    assert headers["Authorization"] == "Bearer geheim-123"
    assert HttpRegisters(simulation.url, tmp_path / "absent").find_person(USUAL) == Answer("silent")


FOUND = {"state": "found", "number": USUAL, "family": "Maes", "first": "Zoë", "birth": "1970-01-02"}


@pytest.mark.parametrize("changed", [
    {"state": "gevonden"}, {"state": None}, {"number": number_of()}, {"number": None}, {"number": "123"},
    {"state": "replaced"}, {"family": "", "first": ""}, {"family": 7}, {"family": "x" * 201}, {"birth": "02/01/1970"},
    {"birth": 19700102}, {"deceased_on": "2026-01-01"}, {"state": "deceased"}, {"birth": "9990-01-02"},
    {"birth": f"{today() + A_DAY}"}, {"state": "deceased", "deceased_on": f"{today() + A_DAY}"},
    {"state": "deceased", "deceased_on": "1970-01-01"}], ids=str)
def test_an_answer_that_cannot_be_right_is_not_understood(changed):
    with pytest.raises(ValueError):
        registers.read_person(USUAL, {**FOUND, **changed})
    assert registers.read_person(USUAL, FOUND).family == "Maes"


def test_signs_that_cannot_be_seen_are_taken_out_of_names():
    answer = registers.read_person(USUAL, {**FOUND, "family": " Van\u202e \u0000den\tBossche ", "first": "Zoe\u0308"})
    assert (answer.family, answer.first) == ("Van den Bossche", "Zoë")


@pytest.mark.parametrize("answer", [
    [], "found", None, {"state": "found", "codes": ["VPK"]}, {"state": "found", "codes": {"VPK": 2026}},
    {"state": "found", "codes": {"": None}}, {"state": "found", "codes": {"\ud800": None}},
    {"state": "found", "codes": {"V\0PK": None}}], ids=ascii)
def test_an_answer_of_ecad_that_cannot_be_right_is_not_understood(answer):
    with pytest.raises(ValueError):
        registers.read_qualifications(answer)


def test_without_registers_nothing_answers():
    registers.use(None)
    assert registers.find_person(USUAL) == Answer("silent")
    assert registers.find_qualifications(USUAL, TODAY) == QualificationAnswer("silent", {})


def test_numbers_that_replace_each_other_in_a_circle_are_not_found(tmp_path):
    one, other = number_of(), number_of(month_up=20)
    person = {"first": "A", "last": "B", "birth": None, "codes": []}
    path = tmp_path / "circle.json"
    path.write_text(json.dumps([{**person, "number": one, "replaced_by": other},
                                {**person, "number": other, "replaced_by": one}]))
    assert FromFile(path).find_person(one) == Answer("not_found")
