"""`flask doctor` lists what is wrong with an installation."""
from models.arbeidszorg.register.clients import Client
from models.database import database, today
from models.mail import outbox
from tests.factories import client_of, period_of


def test_an_installation_in_order_has_no_problem(run, cast):
    period_of(client_of(cast.ploeg), cast.ploeg)
    period_of(client_of(cast.ploeg, income=None), cast.ploeg, today(), today(), reason="health", outlook="same")
    client_of(cast.ploeg)
    assert run("doctor") == (0, "no problem found\n")


def test_the_doctor_counts_clients_with_a_mark_that_is_not_true(run, cast):
    clients = [client_of(cast.ploeg), client_of(cast.ploeg, income=None)]
    period_of(clients[0], cast.ploeg)
    Client.update(incomplete=~Client.incomplete).execute()
    Client.update(active_until=None).execute()
    code, output = run("doctor")
    assert code == 1
    assert output.splitlines() == [
        "clients whose mark 'incomplete' is wrong: 2; run `flask --app app init`",
        "clients whose 'active_until' is not the end of their last period: 1"]


def test_the_doctor_names_a_key_that_is_not_this_database_s(run, cast, app):
    client_of(cast.ploeg, "Roos")
    app.extensions["keys"].problems.append("names.key is not this database's")
    assert run("doctor") == (1, "names.key is not this database's\n")


def test_the_doctor_shows_refused_mail(run, cast, app):
    outbox.post("ploeg@voorbeeld.be", "Dag", "Tekst")

    def refuse(*_):
        raise OSError("554 geweigerd")

    outbox.deliver(refuse)
    code, output = run("doctor")
    assert code == 1
    assert "was refused" in output


def test_a_database_that_is_not_up_to_date_is_not_checked_further(run, app):
    database.execute_sql("DELETE FROM schema_migration")
    code, output = run("doctor")
    assert code == 1
    assert "0001_register" in output
    assert "run `flask --app app init`" in output
