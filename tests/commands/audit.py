"""What the operator did, as the audit has it."""
from models.audit import AuditEntry


def operator_did():
    """What stands in the audit of the operator: (event, organisation, province, client), the newest first."""
    found = AuditEntry.select().where(AuditEntry.actor == "operator").order_by(AuditEntry.id.desc())
    return [(entry.event, entry.organisation_id, entry.province, entry.client_number) for entry in found]
