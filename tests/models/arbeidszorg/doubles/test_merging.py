"""Merging two registrations of one person: one number goes on with all that the other one had."""
import datetime
from threading import Barrier

import pytest

from models import names
from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.doubles.comparison import Comparison, overlapping
from models.arbeidszorg.doubles.merging import JOIN, Decisions, Merge
from models.arbeidszorg.doubles.records import table
from models.arbeidszorg.register.answers import PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.dashboard import ListedClient, Listing
from models.arbeidszorg.register.former_numbers import FormerNumber
from models.arbeidszorg.register.periods import Period
from models.audit import AuditEntry
from models.database import database, now, today
from models.errors import Refused, Stale
from tests.factories import ANSWERS, NAMES_KEY, client_of, days, deleted, period_of
from tests.hall import in_threads
from tests.models.arbeidszorg.doubles.merges import hours_changed, merged, register_rows, with_old_number

DAY = datetime.date(2024, 1, 1)


def refusal(act, *arguments, **named):
    with pytest.raises(Refused) as caught:
        act(*arguments, **named)
    return caught.value


def day(month, number=1):
    return datetime.date(2024, month, number)


@pytest.fixture
def pair(ploeg):
    """Two registrations of one person: 17, and 21 without an income but with a history."""
    kept = with_old_number(client_of(ploeg, "Roos Peeters"), "17")
    other = with_old_number(client_of(ploeg, "R. Peeters", income="pension"), "21")
    PastAnswer.create(client_number=other.number, question="income", option="none", until=day(1))
    PastAnswer.create(client_number=other.number, question="education", option="higher", until=day(1))
    return kept, Client.get_by_id(other.number)


def periods(client):
    return [(period.start_date, period.end_date, float(period.hours)) for period in reversed(Period.of(client))]


def past_hours():
    hours = table("past_hours")
    columns = (hours.period_id, hours.hours, hours.until)
    return [(row["period_id"], row["hours"], str(row["until"]))
            for row in hours.select(*columns).dicts()]


def decided(compared, **changes):
    number = compared.numbers[0]
    values = {"goes_on": number, "seen": compared.seen,
              "answers": {question.code: number for question in compared.differing}, "name": number,
              "clashes": {group[0].id: number for group in compared.clashes}}
    return Decisions(**{**values, **changes})


# Merging

def test_the_number_that_goes_on_has_the_chosen_answers_with_their_history(ploeg, pair):
    kept, other = pair
    merge = merged(kept, other, ploeg.account, answers={"income": other.number}, name=other.number)
    client = Client.get_by_id(kept.number)
    assert client.answers() == {**kept.answers(), "income": "pension"}
    assert client.name == "R. Peeters"
    # The history of an equal answer goes along where the number that goes on has no history.
    assert {was.question: was.answer for was in client.past_answers()} == {"income": "none", "education": "higher"}
    assert Client.get_or_none(Client.number == other.number) is None
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.subject, entry.details) == (
        "clients-merged", str(kept.number), {"merged": other.number})
    assert (merge.first_year, merge.last_year) == (None, None)


def test_the_history_of_an_equal_answer_stays_where_both_have_one(ploeg, pair):
    kept, other = pair
    PastAnswer.create(client_number=kept.number, question="education", option="unknown", until=day(2))
    merged(kept, other)
    assert [(was.question, was.answer) for was in kept.past_answers()] == [("education", "unknown")]


def test_an_answer_that_only_one_of_the_two_has_completes_the_client(ploeg):
    kept, other = client_of(ploeg, education=None), client_of(ploeg)
    assert kept.incomplete
    compared = Comparison.of(ploeg.organisation, kept.number, other.number)
    assert compared.known("education") == other.number
    merged(kept, other, answers={"education": other.number})
    assert not Client.get_by_id(kept.number).incomplete


def test_both_numbers_and_all_old_numbers_find_the_client(ploeg, pair):
    kept, other = pair
    merged(kept, other)
    third = with_old_number(client_of(ploeg), "5")
    merged(third, Client.get_by_id(kept.number))
    assert Client.get_by_id(third.number).old_numbers() == ["5", "17", "21"]
    for number in ("1", "2", "3", "5", "17", "21"):
        [row] = map(ListedClient._make, Listing(ploeg.organisation.id, "inactive", search=number).rows)
        assert (row.number, row.old_number, list(row.former_old_numbers)) == (third.number, "5", ["17", "21"]), number
    assert FormerNumber.goes_on(ploeg.organisation.id, other.number) == third.number


def test_a_form_that_is_sent_again_after_its_client_was_merged_makes_no_new_one(ploeg, pair):
    kept, other = pair
    merged(kept, other)
    refused = refusal(Client.register, ploeg.organisation, ANSWERS, "", other.form_key, ploeg.account)
    assert (refused.code, refused.context["client"].number) == ("already_saved", kept.number)
    assert Client.register(ploeg.organisation, kept.answers(), "Roos Peeters", other.form_key).number == kept.number


def test_periods_that_do_not_overlap_change_client_with_the_same_id(ploeg, pair):
    kept, other = pair
    first = period_of(kept, ploeg, day(1), day(2))
    second = period_of(other, ploeg, day(3), day(4))
    merge = merged(kept, other)
    assert {period.id for period in Period.of(kept)} == {first.id, second.id}
    assert Client.get_by_id(kept.number).active_until == day(4)
    assert (merge.first_year, merge.last_year) == (2024, 2024)


@pytest.mark.parametrize(("choice", "left"), [
    ("kept", [(day(1), day(3), 8.0)]),
    ("other", [(day(2), day(2, 20), 4.0), (day(2, 25), None, 12.0)]),
    (JOIN, [(day(1), None, 12.0)])])
def test_overlapping_periods_are_decided_and_what_is_set_aside_is_kept(ploeg, pair, choice, left):
    kept, other = pair
    period_of(kept, ploeg, day(1), day(3), "8")
    period_of(other, ploeg, day(2), day(2, 20), "4")
    period_of(other, ploeg, day(2, 25), None, "12")
    compared = Comparison.of(ploeg.organisation, kept.number, other.number)
    [group] = compared.clashes
    assert len(group) == 3
    number = {"kept": kept.number, "other": other.number}.get(choice, choice)
    merge = merged(kept, other, clashes=number)
    assert periods(kept) == left
    assert '"start_date": "2024-02-25"' in Merge.get_by_id(merge.id).kept_rows


def test_a_joined_period_keeps_the_hours_that_held_in_each_part(ploeg, pair):
    kept, other = pair
    period_of(kept, ploeg, day(1), day(3), "8")
    last = period_of(other, ploeg, day(2), None, "12")
    hours_changed(last, (400, day(6)))
    merged(kept, other, clashes=JOIN)
    assert periods(kept) == [(day(1), None, 12.0)]
    assert sorted(past_hours()) == [(last.id, 400, "2024-06-01"), (last.id, 800, "2024-01-31")]


def test_groups_of_overlapping_periods_are_linked_through_a_third():
    one, two, three, four = (Period(start_date=start, end_date=end) for start, end in (
        (day(1), day(2)), (day(2), day(4)), (day(4), day(5)), (day(5, 2), None)))
    assert overlapping([four, three, one, two]) == [[one, two, three], [four]]


def test_a_birth_date_after_a_period_that_stays_is_refused(ploeg):
    kept, other = client_of(ploeg, birth_date=day(1)), client_of(ploeg)
    period_of(other, ploeg, datetime.date(2020, 1, 1), datetime.date(2020, 2, 1))
    before = register_rows()
    refused = refusal(merged, kept, other)
    assert (refused.code, refused.context["birth_date"]) == ("before_birth", day(1))
    assert register_rows() == before
    merged(kept, other, answers={"birth_date": other.number})


def test_an_unknown_postcode_and_a_typed_birth_date_go_on_as_chosen(ploeg):
    kept = client_of(ploeg, birth_date="unknown", home_postcode="unknown", work_postcode="9000")
    other = client_of(ploeg, home_postcode="8000", work_postcode="unknown")
    compared = Comparison.of(ploeg.organisation, kept.number, other.number)
    assert {code: compared.known(code) for code in ("birth_date", "home_postcode", "work_postcode", "gender")} == {
        "birth_date": other.number, "home_postcode": other.number, "work_postcode": kept.number, "gender": None}
    merged(kept, other, answers={"birth_date": other.number, "home_postcode": other.number})
    client = Client.get_by_id(kept.number)
    assert (client.birth_date, client.home_postcode, client.work_postcode) == (
        ANSWERS["birth_date"], "8000", "9000")


# Refusals

def test_a_colleague_who_changed_one_of_the_two_meanwhile_makes_it_stale(ploeg, pair):
    kept, other = pair
    period = period_of(other, ploeg, DAY)
    compared = Comparison.of(ploeg.organisation, kept.number, other.number)
    period.change(5, DAY, None, None, None, 1, hours_mistake=True)
    with pytest.raises(Stale):
        Merge.make(ploeg.organisation, kept.number, other.number, decided(compared))


def test_an_undecided_difference_is_refused(ploeg, pair, cast):
    kept, other = pair
    period_of(kept, ploeg, DAY)
    period_of(other, ploeg, DAY)
    compared = Comparison.of(ploeg.organisation, kept.number, other.number)
    stranger = client_of(cast.outsider).number
    for wrong in ({"answers": {}}, {"answers": {"income": stranger}}, {"name": None}, {"clashes": {}},
                  {"clashes": {compared.clashes[0][0].id: "samen"}}, {"goes_on": stranger}):
        refused = refusal(Merge.make, ploeg.organisation, kept.number, other.number, decided(compared, **wrong))
        assert refused.code == "merge_undecided", wrong


def test_another_organisation_s_client_and_a_deleted_one_cannot_be_merged(ploeg, cast, pair):
    kept, other = pair
    compared = Comparison.of(ploeg.organisation, kept.number, other.number)
    foreign = client_of(cast.outsider)
    for number in (foreign.number, kept.number, 99):
        assert refusal(Merge.make, ploeg.organisation, kept.number, number, decided(compared)).code == "client_gone"
    deleted(other)
    refused = refusal(Merge.make, ploeg.organisation, kept.number, other.number, decided(compared))
    assert refused.code == "client_gone"


@pytest.mark.parametrize("which", [0, 1])
def test_a_pending_request_or_move_of_either_comes_first(ploeg, cast, pair, which):
    kept, other = pair
    request = DeletionRequest.ask(pair[which], "double", "", ploeg.account, pair[1 - which].number)
    refused = refusal(merged, kept, other)
    assert (refused.code, refused.context["number"]) == ("merge_requested", pair[which].number)
    request.withdraw(ploeg.account)
    moment = "2024-01-01 00:00:00"
    database.execute_sql(
        f"INSERT INTO client_move (client_number, from_organisation_id, to_organisation_id, created_at) "
        f"VALUES ({pair[which].number}, {ploeg.organisation.id}, {cast.outsider.organisation.id}, '{moment}')")
    assert refusal(merged, kept, other).code == "merge_moving"
    database.execute_sql(f"UPDATE client_move SET status = 'cancelled', ended_at = '{moment}'")
    merged(kept, other)


def test_without_the_key_only_a_name_that_moves_is_refused(ploeg, pair):
    kept, other = pair
    names.use(None)
    before = register_rows()
    assert refusal(merged, kept, other, name=other.number).code == "merge_name"
    assert register_rows() == before
    merged(kept, other)
    names.use(NAMES_KEY)
    assert Client.get_by_id(kept.number).name == "Roos Peeters"


def test_two_colleagues_who_merge_the_same_pair_at_once_merge_it_once(ploeg, pair):
    kept, other = pair
    compared = Comparison.of(ploeg.organisation, kept.number, other.number)
    swapped = decided(compared, goes_on=other.number)
    barrier = Barrier(2)

    def merge(decisions):
        barrier.wait()
        try:
            Merge.make(ploeg.organisation, kept.number, other.number, decisions, ploeg.account)
        except Refused as refused:
            return refused.code
        return "done"

    results = in_threads([lambda: merge(decided(compared)), lambda: merge(swapped)])
    assert sorted(results) == ["client_gone", "done"]
    assert Merge.select().count() == 1


def test_an_option_that_only_the_kept_rows_have_stays_in_use(ploeg, pair):
    kept, other = pair
    merged(kept, other)
    assert ("income", "pension") in kept_rows.options_in_use()
    assert ("income", "none") in kept_rows.options_in_use()


def test_a_merge_without_guidance_has_no_years_and_a_running_period_no_last_year(ploeg, pair):
    kept, other = pair
    period_of(other, ploeg, day(3))
    merge = merged(kept, other)
    assert (merge.first_year, merge.last_year) == (2024, None)
    assert merge.merged_at <= now()
    assert merge.registered_at.date() in (today(), days(-1))
