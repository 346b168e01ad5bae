"""The wings that the setting WINGS turns on."""
import pytest

import config
from app import WINGS, create_app


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


def test_an_unknown_wing_is_refused(start):
    with pytest.raises(config.ConfigurationError, match="WINGS: kantoor: expected are arbeidszorg"):
        start("arbeidszorg", "kantoor")
