"""The files that organisations import in the browser, sealed until they are imported (docs/decisions/0116)."""
import datetime
import hashlib
import hmac
import io
import json
from collections.abc import Callable
from typing import Any

import peewee

from models import names, patience
from models.accounts.accounts import Account
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.transfer.importing import import_register
from models.arbeidszorg.transfer.outcome import Result
from models.arbeidszorg.transfer.report_files import InMemory
from models.arbeidszorg.transfer.undoing import RegisterImport
from models.arbeidszorg.transfer.uploads.outcomes import Outcome
from models.audit import Actor
from models.database import BaseModel, now, refusing, transaction
from models.days import local_day
from models.errors import Refused
from models.organisations import Organisation

WAITING, RUNNING, DONE, FAILED, EXPIRED = "waiting", "running", "done", "failed", "expired"
# How long a file waits for 'Importeer', and how many of an organisation may wait; how long it is known that a file
# expired, and an outcome is kept.
KEPT = datetime.timedelta(hours=1)
MOST_WAITING = 5
FORGOTTEN = datetime.timedelta(days=1)
OUTCOME_KEPT = datetime.timedelta(days=30)
# An import of which nothing was heard for this long is broken off: the server stopped.
SILENT = datetime.timedelta(seconds=60)
# The kinds of the sealed bytes of a row.
FILE, OUTCOME = "import_upload file", "import_upload outcome"

class BrokenOff(Exception):
    """The import must not go on: its file is gone, or a page said that it broke off."""


OnProgress = Callable[[float], object]


class ImportUpload(BaseModel):
    """An uploaded list: it waits, runs, and is done or failed; or it expired."""

    id = peewee.AutoField()
    organisation = peewee.ForeignKeyField(Organisation)
    account = peewee.ForeignKeyField(Account)
    state = peewee.TextField(default=WAITING)
    form_key = peewee.TextField(null=True)
    content = peewee.BlobField(null=True)
    uploaded_at = peewee.DateTimeField(default=now)
    started_at = peewee.DateTimeField(null=True)
    alive_at = peewee.DateTimeField(null=True)
    ended_at = peewee.DateTimeField(null=True)
    place = peewee.IntegerField(default=0)
    percent = peewee.IntegerField(default=0)
    import_id = peewee.IntegerField(null=True)
    counts = peewee.TextField(default="{}")
    outcome = peewee.BlobField(null=True)

    class Meta:
        table_name = "import_upload"

    @classmethod
    def store(cls, content: bytes, by: Any, form_key: str | None = None) -> "ImportUpload":
        """Keep a file of the organisation of `by`, sealed; the oldest that waits gives way to a sixth.

        Returns the upload that a form with this key made before of the same file. Raises `Refused` if names cannot be
        sealed.
        """
        organisation_id = by.organisation_id
        if form_key:
            # A browser that goes back shows the same form again, and then another file may be chosen in it.
            form_key = hmac.new(form_key.encode(), content, hashlib.sha256).hexdigest()
        try:
            with transaction():
                return cls._of_form(organisation_id, form_key) or cls._keep(content, by, form_key)
        except peewee.IntegrityError:
            # On PostgreSQL a simultaneous post of the same form was first.
            made = cls._of_form(organisation_id, form_key)
            if made is None:
                raise
            return made

    @classmethod
    def _of_form(cls, organisation_id: int, form_key: str | None) -> "ImportUpload | None":
        if not form_key:
            return None
        return _shown().where(cls.organisation == organisation_id, cls.form_key == form_key).first()

    @classmethod
    def _keep(cls, content: bytes, by: Any, form_key: str | None) -> "ImportUpload":
        organisation_id = by.organisation_id
        upload = cls.create(organisation=organisation_id, account=by.id, form_key=form_key, content=b"")
        upload.content = names.seal_bytes(organisation_id, upload.id, FILE, content)
        upload.save()
        waiting = cls.select(cls.id).where(cls.organisation == organisation_id, cls.state == WAITING)
        too_many = [one.id for one in waiting.order_by(cls.id.desc())][MOST_WAITING:]
        _update(cls.id.in_(too_many), state=EXPIRED, content=None)
        return upload

    @classmethod
    def one(cls, organisation_id: int, upload_id: int) -> "ImportUpload | None":
        """Return the organisation's upload with this id, or None."""
        return _shown().where(cls.id == upload_id, cls.organisation == organisation_id).first()

    @classmethod
    def started(cls, organisation_id: int) -> "peewee.ModelSelect[ImportUpload]":
        """Select the organisation's imports that were started, the newest first."""
        return _shown().where(
            cls.organisation == organisation_id, cls.state.in_([RUNNING, DONE, FAILED])).order_by(cls.id.desc())

    @classmethod
    def undone(cls, organisation_id: int) -> set[int]:
        """Return the numbers of the organisation's imports that were taken back."""
        found: Any = RegisterImport.select(RegisterImport.id).where(
            RegisterImport.organisation == organisation_id, RegisterImport.undone_at.is_null(False)).tuples()
        return {number for (number,) in found}

    @property
    def shown_state(self) -> str:
        """The state as people see it: a file that waited too long has expired, a silent import has failed."""
        if self.state == WAITING and self.uploaded_at < now() - KEPT:
            return EXPIRED
        if self.state == RUNNING and self.alive_at < now() - SILENT:
            return FAILED
        return self.state

    @property
    def numbers(self) -> dict[str, int]:
        """The counts of an import that is done."""
        return json.loads(self.counts)

    @property
    def undo_until(self) -> datetime.date | None:
        """The last day on which the import can be taken back; None if it cannot."""
        if self.import_id is None or self.ended_at < now() - OUTCOME_KEPT:
            return None
        return local_day(self.ended_at + OUTCOME_KEPT)

    def try_out(self, on_progress: OnProgress, **confirmed: bool) -> Outcome:
        """Return what would come of the import. It changes nothing."""
        try:
            return Outcome.of(self._import(on_progress, None, dry_run=True, **confirmed))
        except Refused as refused:
            return Outcome.of_refused(refused)
        except BrokenOff:
            return Outcome(is_fault=True)

    def start(self) -> bool:
        """Say that the import starts now; return False if the upload waits no more, as after a second click.

        Raises `Refused` while another import of the organisation runs.
        """
        moment = now()
        with refusing(import_upload=ArbeidszorgCode.IMPORT_RUNS), transaction():
            return bool(
                ImportUpload.update(state=RUNNING, started_at=moment, alive_at=moment)
                .where(ImportUpload.id == self.id, ImportUpload.state == WAITING,
                       ImportUpload.uploaded_at >= moment - KEPT)
                .execute())

    def carry_out(self, on_progress: OnProgress, by: Actor, **confirmed: bool) -> None:
        """Import the file; its outcome is stored in the transaction of the import. It was started before."""
        try:
            with patience.waiting(patience.OF_COMMANDS):
                self._import(on_progress, by, confirm=self._done, **confirmed)
        except Refused as refused:
            self._fail(Outcome.of_refused(refused))
        except BrokenOff:
            pass
        except Exception:
            self._fail(Outcome(is_fault=True))
            raise

    def beat(self, place: int, percent: int) -> None:
        """Say that the import is still there, and how far it is. One that was silent too long stays broken off."""
        ImportUpload.update(alive_at=now(), place=place, percent=percent).where(self._runs()).execute()

    def cancel(self) -> bool:
        """Forget a file that waits; return whether it is forgotten, now or before."""
        if ImportUpload.update(state=EXPIRED, content=None).where(
                ImportUpload.id == self.id, ImportUpload.state == WAITING).execute():
            return True
        return self.shown_state == EXPIRED

    def result(self) -> Outcome | None:
        """Return the outcome of an import that ended; None once it is no longer kept."""
        if self.outcome is None:
            return None
        text = names.open_bytes(self.organisation_id, self.id, OUTCOME, bytes(self.outcome))
        return Outcome.read(self.numbers, text)

    def _import(self, on_progress: OnProgress, by: Actor | None, **options: Any) -> Result:
        content = self._file()
        return import_register(
            io.BytesIO(content), InMemory(), by, own_list_of=self.organisation_id,
            progress=lambda position: on_progress(min(1, position / len(content))), **options)

    def _file(self) -> bytes:
        row = ImportUpload.select(ImportUpload.content).where(ImportUpload.id == self.id).first()
        if row is None or row.content is None:
            raise BrokenOff
        return names.open_bytes(self.organisation_id, self.id, FILE, bytes(row.content))

    def _done(self, result: Result) -> None:
        """Store the outcome in the transaction of the import; undo that if a page said that it broke off."""
        if not self._end(DONE, Outcome.of(result), import_id=result.import_id):
            raise BrokenOff

    def _fail(self, outcome: Outcome) -> None:
        with transaction():
            self._end(FAILED, outcome)

    def _end(self, state: str, outcome: Outcome, **values: Any) -> int:
        sealed = names.seal_bytes(self.organisation_id, self.id, OUTCOME, outcome.written())
        return ImportUpload.update(
            state=state, ended_at=now(), content=None, counts=json.dumps(outcome.counts), outcome=sealed, **values,
        ).where(self._runs()).execute()

    def _runs(self) -> Any:
        return ((ImportUpload.id == self.id) & (ImportUpload.state == RUNNING)
                & (ImportUpload.alive_at >= now() - SILENT))


def tidy() -> None:
    """Forget files that waited too long and outcomes that were kept long enough; say that silent imports broke off.

    A chore: it takes the write lock only when there is something to do.
    """
    moment, row = now(), ImportUpload
    _update((row.state == WAITING) & (row.uploaded_at < moment - KEPT), state=EXPIRED, content=None)
    _update((row.state == RUNNING) & (row.alive_at < moment - SILENT), state=FAILED, content=None, ended_at=moment)
    _update(row.outcome.is_null(False) & (row.ended_at < moment - OUTCOME_KEPT), outcome=None)
    expired = (row.state == EXPIRED) & (row.uploaded_at < moment - FORGOTTEN)
    if row.select(row.id).where(expired).exists():
        row.delete().where(expired).execute()


def _update(which: Any, **values: Any) -> None:
    if ImportUpload.select(ImportUpload.id).where(which).exists():
        ImportUpload.update(**values).where(which).execute()


def _shown() -> "peewee.ModelSelect[ImportUpload]":
    """Select uploads without their files, which are large."""
    return ImportUpload.select(*(field for field in ImportUpload._meta.sorted_fields if field.name != "content"))
