"""Scenes of forms that come back once with a question."""
from models.arbeidszorg.register.answers import Answer
from models.arbeidszorg.register.clients import Client
from models.organisations import Organisation
from tests.journeys.tools.showing import Scene, at, sent

CLIENT = "/clients/<int:number>"


def _changed(**answers):
    """Change these answers of a client, who gave them long ago, and save; the form asks why."""
    def send(window, world):
        long_ago(world.running)
        at("/clients/{running.number}/edit")(window, world)
        for name, answer in answers.items():
            window.page.locator(f"[name={name}]").select_option(answer)
        window.page.get_by_role("button", name="Opslaan").click()
        window.page.locator(".asked").wait_for()

    return send


def _alike(window, world):
    organisation = Organisation.get_by_id(world.login.organisation.id)
    at("/province/organisations/new")(window, world)
    window.page.get_by_label("Naam").fill(f"{organisation.name.upper()}.")
    window.page.get_by_label("Sector").select_option(index=1)
    window.page.get_by_label("E-mailadres van de login").fill("nieuw@voorbeeld.be")
    window.page.get_by_role("button", name="Opslaan").click()
    window.page.get_by_role("alert").get_by_role("heading").wait_for()


def long_ago(client):
    """Let the answers of a client be given long ago, so that a change of them is no correction."""
    Answer.update(given_on=None).where(Answer.client_number == client.number).execute()
    Client.update(form_key=None, home_postcode_on=None, work_postcode_on=None).where(
        Client.number == client.number).execute()


ASKED_SCENES = [
    Scene("client-edit-why", f"{CLIENT}/edit", "login", _changed(income="pension")),
    Scene("client-edit-why-each", f"{CLIENT}/edit", "login", _changed(income="pension", gender="x")),
    Scene("client-edit-improbable", f"{CLIENT}/edit", "login",
          sent("/clients/{running.number}/edit", "Opslaan", birth_date="03/02/1911")),
    Scene("period-new-improbable", f"{CLIENT}/periods/new", "login",
          sent("/clients/{waiting.number}/periods/new", "Opslaan", hours="8", start_date="03/06/2204")),
    Scene("province-organisation-new-alike", "/province/organisations/new", "administrator", _alike),
]
