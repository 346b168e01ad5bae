"""The operator's entries in the audit."""
from models.audit import AuditEntry


def operator_did():
    """(event, organisation, province, client) of each entry of the operator, the newest first."""
    found = AuditEntry.select().where(AuditEntry.actor == "operator").order_by(AuditEntry.id.desc())
    return [(entry.event, entry.organisation_id, entry.province, entry.client_number) for entry in found]
