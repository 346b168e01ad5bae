"""Undoing a merge: everything is as before, and what changed since is kept."""
import datetime

import pytest

from models import names
from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.doubles.merging import JOIN, Merge
from models.arbeidszorg.doubles.undoing import one_of, undo
from models.arbeidszorg.register.answers import PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.former_numbers import FormerNumber
from models.arbeidszorg.register.periods import Period
from models.audit import AuditEntry
from models.database import database
from models.errors import Refused
from tests.factories import NAMES_KEY, client_of, deleted, period_of
from tests.hall import in_threads
from tests.models.arbeidszorg.doubles.merges import merged, register_rows, with_old_number
from tests.tables import rows_of


def refusal(act, *arguments):
    with pytest.raises(Refused) as caught:
        act(*arguments)
    return caught.value


def day(month, number=1):
    return datetime.date(2024, month, number)


@pytest.fixture
def pair(ploeg):
    kept = with_old_number(client_of(ploeg, "Roos Peeters"), "17")
    other = with_old_number(client_of(ploeg, "R. Peeters", income="pension", education="higher"), "21")
    PastAnswer.create(client_number=other.number, question="income", option="none", until=day(1))
    return kept, other


def again(client):
    return Client.get_by_id(client.number)


def periods(client):
    return [(period.start_date, period.end_date) for period in reversed(Period.of(client))]


def test_an_undone_merge_leaves_every_row_as_it_was(ploeg, pair):
    kept, other = pair
    period_of(kept, ploeg, day(1), day(3))
    period_of(other, ploeg, day(2), day(4))
    period_of(other, ploeg, day(6))
    before = register_rows()
    for choice in (kept.number, other.number, JOIN):
        merge = merged(again(kept), again(other), answers={"income": other.number}, name=other.number, clashes=choice)
        assert register_rows() != before
        undo(merge, ploeg.account)
        assert register_rows() == before
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.subject, entry.details) == ("merge-undone", str(kept.number), {"merged": other.number})
    assert again(other).name == "R. Peeters"
    assert rows_of("merged_name") == []


def test_the_versions_only_go_up_so_that_no_old_form_is_taken_for_a_new_one(pair):
    kept, other = pair
    undo(merged(kept, other))
    assert again(kept).version == kept.version + 2


def test_an_answer_that_changed_since_stays_with_the_number_that_went_on(ploeg, pair):
    kept, other = pair
    merge = merged(kept, other, answers={"income": other.number, "education": other.number})
    again(kept).change({"income": "other"}, None, again(kept).version)
    undo(merge)
    assert (again(kept).answers()["income"], again(kept).answers()["education"]) == (
        "other", kept.answers()["education"])
    assert [was.answer for was in again(kept).past_answers()] == ["pension", "none"]
    assert again(other).answers() == other.answers()
    assert [was.answer for was in again(other).past_answers()] == ["none"]


def test_a_name_that_changed_since_stays_and_one_that_did_not_goes_back(pair):
    kept, other = pair
    merge = merged(kept, other, name=other.number)
    again(kept).change({}, "Roos P.", again(kept).version)
    undo(merge)
    assert (again(kept).name, again(other).name) == ("Roos P.", "R. Peeters")
    undo(merged(again(kept), again(other), name=other.number))
    assert (again(kept).name, again(other).name) == ("Roos P.", "R. Peeters")


def test_undoing_needs_no_key_of_the_names(pair):
    kept, other = pair
    merge = merged(kept, other, name=other.number)
    names.use(None)
    undo(merge)
    names.use(NAMES_KEY)
    assert (again(kept).name, again(other).name) == ("Roos Peeters", "R. Peeters")


def test_a_period_of_the_merged_client_returns_to_it_as_it_is_now(ploeg, pair):
    kept, other = pair
    period = period_of(other, ploeg, day(3))
    merge = merged(kept, other)
    Period.get_by_id(period.id).change(5, day(3), day(5), "other", "same", 1, hours_mistake=True)
    added = period_of(again(kept), ploeg, day(8))
    undo(merge)
    assert periods(other) == [(day(3), day(5))]
    assert [one.id for one in Period.of(kept)] == [added.id]
    assert (again(kept).is_active(day(9)), again(other).is_active(day(9))) == (True, False)


@pytest.mark.parametrize("choice", ["kept", JOIN])
def test_a_period_in_the_way_is_named(ploeg, pair, choice):
    """A joined period that changed since, or one that now overlaps what would come back."""
    kept, other = pair
    period_of(kept, ploeg, day(1), day(4))
    period_of(other, ploeg, day(2), day(6))
    later = period_of(other, ploeg, day(8), day(9))
    merge = merged(kept, other, clashes=JOIN if choice == JOIN else kept.number)
    if choice == JOIN:
        joined = Period.of(kept).order_by(Period.start_date).first()
        changed = joined.change(7, day(1), day(7), "other", "same", joined.version,
                                hours_mistake=True)
    else:
        changed = Period.get_by_id(later.id).change(7, day(5), day(9), "other", "same", later.version,
                                                   hours_mistake=True)
    before = register_rows()
    refused = refusal(undo, merge)
    assert refused.code == "merge_period"
    period = refused.context["period"]
    assert (period.start_date, period.end_date) == (changed.start_date, changed.end_date)
    assert register_rows() == before


def test_a_period_before_the_birth_date_that_would_come_back_is_named(ploeg):
    kept, other = client_of(ploeg, birth_date=day(1)), client_of(ploeg)
    merge = merged(kept, other, answers={"birth_date": other.number})
    period_of(again(kept), ploeg, datetime.date(2020, 1, 1), datetime.date(2020, 2, 1))
    refused = refusal(undo, merge)
    assert (refused.code, refused.context["period"].start_date) == ("merge_period", datetime.date(2020, 1, 1))


def test_of_two_merges_into_one_client_the_newest_is_undone_first(ploeg, pair):
    kept, other = pair
    third = client_of(ploeg, income="none")
    before = register_rows()
    first = merged(kept, other, answers={"income": other.number})
    between = register_rows()
    second = merged(again(kept), third, answers={"income": third.number})
    refused = refusal(undo, first)
    assert (refused.code, refused.context["number"]) == ("merge_not_newest", third.number)
    undo(second)
    assert register_rows() == between
    undo(first)
    assert register_rows() == before


def test_a_chain_of_merges_is_undone_from_its_end(ploeg, pair):
    kept, other = pair
    third = client_of(ploeg)
    before = register_rows()
    first = merged(kept, other)
    second = merged(third, again(kept))
    assert FormerNumber.goes_on(ploeg.organisation.id, other.number) == third.number
    assert refusal(undo, first).code == "client_gone"
    undo(second)
    assert FormerNumber.goes_on(ploeg.organisation.id, other.number) == kept.number
    undo(first)
    assert register_rows() == before


def test_after_thirty_days_and_after_an_undo_it_is_too_late(pair, clock):
    kept, other = pair
    merge = merged(kept, other)
    moment = merge.merged_at
    clock(moment + datetime.timedelta(days=30))
    assert refusal(undo, merge).code == "merge_late"
    assert one_of(again(kept), merge.id) is None
    clock(moment + datetime.timedelta(days=30, seconds=-1))
    assert one_of(again(kept), merge.id) == merge
    undo(merge)
    assert refusal(undo, merge).code == "merge_late"
    assert one_of(again(kept), merge.id) is None


def test_of_a_deleted_client_no_merge_is_undone_until_it_is_restored(pair):
    kept, other = pair
    merge = merged(kept, other)
    deletion = deleted(again(kept))
    assert refusal(undo, merge).code == "client_gone"
    deletion.restore()
    undo(merge)
    assert again(other).old_numbers() == ["21"]


def test_two_colleagues_who_undo_at_once_undo_once(pair):
    kept, other = pair
    merge = merged(kept, other)
    results = in_threads([lambda: undo(merge)] * 2)
    assert sorted(map(str, results)) == ["None", "merge_late"]
    assert Merge.get_by_id(merge.id).undone_at
    assert database.execute_sql("SELECT count(*) FROM client").fetchone()[0] == 2


def test_a_period_withdrawn_before_the_merge_and_restored_after_it_returns_to_its_own_client(ploeg, pair):
    kept, other = pair
    period = period_of(other, ploeg, day(6))
    withdrawal = Withdrawal.make(period)
    merge = merged(kept, again(other))
    Withdrawal.get_by_id(withdrawal.id).restore()
    undo(merge)
    assert (periods(kept), periods(other)) == ([], [(day(6), None)])
