"""The scenes of 'Importeren': the imports, a dry run, an import in each state but running, which reloads itself."""
from models.accounts.sessions import Session
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.transfer.uploads.uploads import ImportUpload
from tests.journeys.tools.showing import Scene, at, sent
from tests.models.arbeidszorg.transfer.lists import table

LOGIN = "login"
UPLOAD = "/imports/<int:upload_id>"
UNDO_IMPORT = "/imports/<int:imported_id>/undo"
IMPORT_SCENES = [
    Scene("imports", "/imports", LOGIN, at("/imports")),
    Scene("imports-nothing", "/imports", "newcomer", at("/imports")),
    Scene("imports-wrong", "/imports", LOGIN, sent("/imports", "Controleren"), wrong=True),
    Scene("import-checked", UPLOAD, LOGIN, at("/imports/{waiting_list.id}")),
    Scene("import-no-list", UPLOAD, LOGIN, at("/imports/{no_list.id}")),
    Scene("import-done", UPLOAD, LOGIN, at("/imports/{imported.id}")),
    Scene("import-failed", UPLOAD, LOGIN, at("/imports/{failed.id}")),
    Scene("import-broken-off", UPLOAD, LOGIN, at("/imports/{broken_off.id}")),
    Scene("import-undo", UNDO_IMPORT, LOGIN, at("/imports/{imported.id}/undo")),
]


def imports_of(login):
    """Add lists of this login's organisation in each state; returns those that scenes name."""
    by = Session.find(Session.start(login.account, device="Chrome op Linux"))
    known = {question.code: question.options[0].label for question in questionnaire.current().questions
             if question.kind == "choice"}
    rows = [{**known, **row} for row in (
        {"name": "Lies Maes"}, {"gender": "Veel"}, {"birth_date": "14/07/2018"}, {"start_date": "31/02/2024"})]

    def stored(content):
        return ImportUpload.store(content, by)

    def carried_out(content):
        upload = stored(content)
        upload.start()
        upload.carry_out(lambda part: None, by)
        return upload

    broken_off = stored(table(*rows))
    ImportUpload.update(state="failed", content=None, started_at=broken_off.uploaded_at,
                        alive_at=broken_off.uploaded_at, ended_at=broken_off.uploaded_at).where(
        ImportUpload.id == broken_off.id).execute()
    return {"waiting_list": stored(table(*rows)), "no_list": stored(b"Dit is geen lijst."),
            "imported": carried_out(table(*rows)), "failed": carried_out(table({}).replace(b"Geslacht", b"Gemoed")),
            "broken_off": broken_off}
