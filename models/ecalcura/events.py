"""The events of ecalcura in the log: see models/audit.py. All but the
days of a trimester are about one facility, and for that facility."""
from models.audit import TENANT, Audited


class EcalcuraEvent(Audited):
    """Each event about facilities, their trimesters and their staff."""

    FACILITY_ADDED = "facility-added", TENANT
    FACILITY_CHANGED = "facility-changed", TENANT
    FACILITY_MERGED = "facility-merged", TENANT
    # Without a tenant: read by the operator, for the desk.
    FACILITY_UNKNOWN = "facility-unknown", TENANT
    EMERGENCY_LOGIN = "emergency-login", TENANT

    CONTACT_PERSON_ADDED = "contact-person-added", TENANT
    CONTACT_PERSON_CHANGED = "contact-person-changed", TENANT
    CONTACT_PERSON_REMOVED = "contact-person-removed", TENANT
    CONTACTS_REMINDED = "contacts-reminded", TENANT
    MESSAGE_SENT = "message-sent", TENANT
    MESSAGE_READ = "message-read", TENANT

    TRIMESTER_OPENED = "trimester-opened", TENANT
    TRIMESTER_CLOSED = "trimester-closed", TENANT
    TRIMESTER_SUBMITTED = "trimester-submitted", TENANT
    TRIMESTER_REOPENED = "trimester-reopened", TENANT
    REOPENING_ASKED = "reopening-asked", TENANT
    REOPENING_REFUSED = "reopening-refused", TENANT
    REMINDED = "reminder-sent", TENANT

    STAFF_EXPORTED = "staff-exported", TENANT
    EMPLOYEE_ADDED = "employee-added", TENANT
    NUMBER_SHOWN = "number-shown", TENANT
    NUMBER_LOOKS_EXPORTED = "number-looks-exported", TENANT
    NUMBER_CORRECTED = "number-corrected", TENANT
    NUMBER_REPLACED = "number-replaced", TENANT
    EMPLOYEE_TWICE = "employee-twice", TENANT
    PERSON_EXPORTED = "person-exported", TENANT
    FACILITY_EXPORTED = "facility-exported", TENANT
    # Of the desk, without a tenant.
    PERSON_EXPORTED_EVERYWHERE = "person-exported-everywhere", TENANT
    REFERENCE_DATE_SET = "reference-date-set", TENANT

    CONTRACT_ADDED = "contract-added", TENANT
    CONTRACT_CHANGED = "contract-changed", TENANT
    CONTRACT_DELETED = "contract-deleted", TENANT
    CHOICE_ADDED = "choice-added", TENANT
    CHOICE_CHANGED = "choice-changed", TENANT
    CHOICE_DELETED = "choice-deleted", TENANT
    REPLACEMENT_ADDED = "replacement-added", TENANT
    REPLACEMENT_CHANGED = "replacement-changed", TENANT
    REPLACEMENT_DELETED = "replacement-deleted", TENANT
    CONTRACTS_TAKEN_OVER = "contracts-taken-over", TENANT
    IRREGULAR_WORK_DECLARED = "irregular-work-declared", TENANT
    PERFORMANCES_CHANGED = "performances-changed", TENANT
    BILLED_DAYS_CHANGED = "billed-days-changed", TENANT
    BILLED_DAYS_SUBMITTED = "billed-days-submitted", TENANT
    BILLED_DAYS_REOPENED = "billed-days-reopened", TENANT
    BILLED_REOPENING_ASKED = "billed-reopening-asked", TENANT
    RESIDENTS_CHANGED = "residents-changed", TENANT
    CRA_ADDED = "cra-added", TENANT
    CRA_NAMED = "cra-named", TENANT
    CRA_CHANGED = "cra-changed", TENANT
    CRA_REMOVED = "cra-removed", TENANT
    CERTIFICATE_ADDED = "certificate-added", TENANT

    RAAS_TAKEN_OVER = "raas-taken-over", TENANT

    PURGE_PROPOSED = "purge-proposed", TENANT
    PURGE_CONFIRMED = "purge-confirmed", TENANT
    PURGE_WITHDRAWN = "purge-withdrawn", TENANT
    PURGED = "purged", TENANT
    PURGED_AGAIN = "purged-again", TENANT

    # Of the desk, without a tenant; a publication is also recorded for each facility.
    PARAMETERS_ENTERED = "parameters-entered", TENANT
    PARAMETERS_CONFIRMED = "parameters-confirmed", TENANT
    PARAMETERS_WITHDRAWN = "parameters-withdrawn", TENANT
    CALCULATION_MADE = "calculation-made", TENANT
    CALCULATION_DISCARDED = "calculation-discarded", TENANT
    CALCULATION_FROZEN = "calculation-frozen", TENANT
    CALCULATION_PUBLISHED = "calculation-published", TENANT
    PAYMENT_LIST_MADE = "payment-list-made", TENANT
    ACCOUNT_PROPOSED = "account-proposed", TENANT
    ACCOUNT_ASKED = "account-asked", TENANT
    ACCOUNT_CONFIRMED = "account-confirmed", TENANT
    ACCOUNT_WITHDRAWN = "account-withdrawn", TENANT
    ACCOUNT_REFUSED = "account-refused", TENANT
    ACCOUNT_SHOWN = "account-shown", TENANT
