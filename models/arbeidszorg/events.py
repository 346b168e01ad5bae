"""The events of arbeidszorg in the log: see models/audit.py."""
from models.audit import TENANT, TENANTS, Audited


class ArbeidszorgEvent(Audited):
    """Each event about clients, their periods and deletion, or about the register and its report."""

    CLIENT_REGISTERED = "client-registered"
    CLIENT_CHANGED = "client-changed"
    PAST_ANSWER_REMOVED = "past-answer-removed"
    CLIENT_NAME_CHANGED = "client-name-changed", TENANT
    CLIENTS_MERGED = "clients-merged"
    MERGE_UNDONE = "merge-undone"
    CLIENT_VIEWED = "client-viewed"
    RECORD_SHOWN = "record-shown", TENANT
    CLIENTS_EXPORTED = "clients-exported", TENANTS
    ROWS_EXPORTED = "rows-exported"
    DELETION_REQUESTED = "deletion-requested"
    DELETION_WITHDRAWN = "deletion-withdrawn"
    DELETION_REFUSED = "deletion-refused"
    CLIENT_DELETED = "client-deleted"
    CLIENT_RESTORED = "client-restored"
    CLIENT_PURGED = "client-purged"
    CLIENT_MOVE_PROPOSED = "client-move-proposed"
    CLIENT_MOVE_AGREED = "client-move-agreed"
    CLIENT_MOVE_REFUSED = "client-move-refused"
    CLIENT_MOVE_CANCELLED = "client-move-cancelled"
    CLIENT_MOVED = "client-moved"
    PERIOD_ADDED = "period-added"
    PERIOD_CHANGED = "period-changed"
    PERIOD_CLOSED = "period-closed"
    PERIOD_REOPENED = "period-reopened"
    PAST_HOURS_REMOVED = "past-hours-removed"
    PERIOD_WITHDRAWN = "period-withdrawn"
    PERIOD_RESTORED = "period-restored"
    PERIOD_PURGED = "period-purged"
    REGISTER_IMPORTED = "register-imported"
    REGISTER_IMPORT_UNDONE = "register-import-undone"
    REGISTER_EXPORTED = "register-exported"
    EDITION_PUBLISHED = "edition-published"
    EDITION_SHOWN = "edition-shown"
    EDITION_UNSHOWN = "edition-unshown"


# The events that say that somebody read something: nothing changed.
READINGS = (
    ArbeidszorgEvent.CLIENT_VIEWED, ArbeidszorgEvent.RECORD_SHOWN, ArbeidszorgEvent.CLIENTS_EXPORTED,
    ArbeidszorgEvent.ROWS_EXPORTED, ArbeidszorgEvent.REGISTER_EXPORTED)
