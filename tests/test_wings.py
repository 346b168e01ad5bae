"""The wings that the setting WINGS turns on."""
import pytest

import config
from app import WINGS, create_app
from models.audit import Event
from views.hall.log_words import HALL


@pytest.fixture
def start(database_url, tmp_path):
    """Starts an application with these wings."""
    def start(*wings):
        return create_app({"TESTING": True, "DATABASE_URL": database_url, "DATA_DIR": tmp_path / "data",
                           "KEY_DIR": tmp_path / "keys", "WINGS": list(wings)})

    return start


def test_every_wing_has_a_record_of_its_name(start):
    assert [wing.name for wing in start(*WINGS).extensions["wings"]] == list(WINGS)


def test_a_wing_that_is_off_has_no_route(start):
    on, off = start("arbeidszorg"), start()
    blueprints = {blueprint.name for blueprint in on.extensions["wings"][0].blueprints}
    assert blueprints == on.blueprints.keys() - off.blueprints.keys()
    assert {rule.endpoint.partition(".")[0] for rule in on.url_map.iter_rules()} >= blueprints
    assert not {rule.endpoint.partition(".")[0] for rule in off.url_map.iter_rules()} & blueprints


def test_the_hall_works_without_any_wing(start):
    browser = start().test_client()
    assert browser.get("/login").status_code == 200
    assert browser.get("/dashboard").status_code == 404


def test_without_the_public_pages_a_visitor_is_sent_to_the_sign_in_page(start):
    response = start("arbeidszorg").test_client().get("/")
    assert (response.status_code, response.location) == (303, "/login")


def test_each_event_has_one_sentence_and_one_kind(start):
    """Also across wings. The rotation of the names' key has no kind: no log shows it."""
    every = [HALL, *(wing.log_words for wing in start(*WINGS).extensions["wings"])]
    events = [event for words in every for event in words.sentences]
    assert sorted(events) == sorted(set(events))
    assert len(events) == len({sentence for words in every for sentence in words.sentences.values()})
    of_kinds = [event for words in every for kind in words.kinds.values() for event in kind.events]
    assert sorted([*of_kinds, Event.NAMES_ROTATED]) == sorted(events)
    codes = [code for words in every for code in words.kinds]
    assert len(codes) == len(set(codes))


def test_an_unknown_wing_is_refused(start):
    with pytest.raises(config.ConfigurationError, match="WINGS: kantoor: expected are arbeidszorg"):
        start("arbeidszorg", "kantoor")
