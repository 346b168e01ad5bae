"""The key files, which are made once and never for a database with data; and sealing, which detects every change."""
import stat

import pytest

from models.errors import Unreadable
from models.keys import Keys, derive, seal, unseal

KEY = bytes(range(32))


def test_a_new_database_gets_two_keys_that_only_their_owner_can_read(tmp_path):
    keys = Keys.load_or_make(tmp_path / "keys", database_has_slots=False)
    assert keys.problems == []
    assert len(keys.app) == len(keys.names) == 32
    assert keys.app != keys.names
    for name in ("app.key", "names.key"):
        assert stat.S_IMODE((tmp_path / "keys" / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == ["app.key", "names.key"]


def test_existing_keys_are_read_again(tmp_path):
    keys = Keys.load_or_make(tmp_path, database_has_slots=False)
    for has_slots in (True, False):
        assert Keys.load_or_make(tmp_path, has_slots) == keys


@pytest.mark.parametrize("name", ["app", "names"])
def test_a_missing_key_is_never_made_again_for_a_database_with_data(tmp_path, name):
    Keys.load_or_make(tmp_path, database_has_slots=False)
    path = tmp_path / f"{name}.key"
    path.unlink()
    keys = Keys.load_or_make(tmp_path, database_has_slots=True)
    assert getattr(keys, name) is None
    assert not path.exists()
    assert len(keys.problems) == 1
    assert str(path) in keys.problems[0]


@pytest.mark.parametrize("content", ["", "abc", "zz" * 32, "ab" * 31, "é" * 64])
def test_a_file_without_a_valid_key_is_reported_and_kept(tmp_path, content):
    Keys.load_or_make(tmp_path, database_has_slots=False)
    path = tmp_path / "names.key"
    path.write_text(content, encoding="utf-8")
    for has_slots in (True, False):
        keys = Keys.load_or_make(tmp_path, has_slots)
        assert keys.names is None
        assert "names.key" in keys.problems[0]
        assert path.read_text(encoding="utf-8") == content


def test_a_key_that_others_can_read_is_reported(tmp_path):
    Keys.load_or_make(tmp_path, database_has_slots=False)
    (tmp_path / "app.key").chmod(0o640)
    keys = Keys.load_or_make(tmp_path, database_has_slots=True)
    assert keys.app
    assert "can be read by others" in keys.problems[0]


def test_a_sealed_value_opens_with_the_same_key_and_context():
    sealed = seal(KEY, b"secret", b"here")
    assert b"secret" not in sealed
    assert unseal(KEY, sealed, b"here") == b"secret"
    assert seal(KEY, b"secret", b"here") != sealed


def test_a_sealed_value_that_was_altered_or_moved_does_not_open():
    sealed = seal(KEY, b"secret", b"here")
    altered = [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1:] for at in range(len(sealed))]
    for wrong in [*altered, sealed[:-1], sealed[:10], b""]:
        with pytest.raises(Unreadable):
            unseal(KEY, wrong, b"here")
    with pytest.raises(Unreadable):
        unseal(KEY, sealed, b"there")
    with pytest.raises(Unreadable):
        unseal(bytes(32), sealed, b"here")


def test_each_purpose_has_its_own_key():
    assert derive(KEY, "cookies") == derive(KEY, "cookies")
    assert len({derive(KEY, "cookies"), derive(KEY, "outbox"), KEY}) == 3
