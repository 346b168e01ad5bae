"""The operator's entries in the audit."""
from models.audit import AuditEntry


def operator_did():
    """(event, organisation, province, subject) of each entry of the operator, the newest first."""
    found = AuditEntry.select().where(AuditEntry.actor == "operator").order_by(AuditEntry.id.desc())
    return [(entry.event, entry.tenant_id, entry.province, entry.subject) for entry in found]
