"""The routes of ecalcura for everybody, and those of the hall for its grants (tests/walks/hall/routes.py)."""
from tests.walks.hall.person import OF_PERSON

COLUMNS = (
    ("ecalcura:privacy", "own"), ("ecalcura:privacy", "other"),
    ("ecalcura:financial", "own"), ("ecalcura:financial", "other"),
    ("ecalcura:access", "own"), ("ecalcura:access", "other"),
    ("ecalcura:colleague", "own"), ("ecalcura:colleague", "other"),
    ("ecalcura:dossier", "own"), ("ecalcura:dossier", "other"),
    ("ecalcura:calculator", "own"), ("ecalcura:calculator", "other"),
)

HALL = {key: (status,) * len(COLUMNS) for key, status in OF_PERSON.items()}


def _route(colleague, privacy=403, financial=403, access=403):
    """The status for each column of the hall, then for each of COLUMNS: the other facility does not exist for it."""
    return (303, 403, privacy, 404, financial, 404, access, 404, colleague, 404, 403, 403, 403, 403)


def _desk(dossier, calculator=403):
    """The status of a page of the desk: nobody has a role there for a part of the facilities."""
    return (303, 303, *[403] * 8, dossier, dossier, calculator, calculator)


# The wing's own routes, as ECALCURA's table 'Who may do what' has them.
EXPECTED = {
    # The own facility, or the page that there is no role yet.
    ("facilities.index", "GET"): (303, 403, 303, 303, 303, 303, 303, 303, 200, 200, 403, 403, 403, 403),
    # Without a role in the wing: the page that says so.
    ("help.show", "GET"): (303, 403, *[200] * 8, *[403] * 4),
    ("facility.show", "GET"): _route(403, 200, 200, 200),
    ("trimesters.index", "GET"): _route(403, 200),
    ("trimesters.show", "GET"): _route(403, 200),
    ("trimesters.submit", "POST"): _route(403, 422),
    ("trimesters.ask", "POST"): _route(403, 422),
    ("trimesters.changes", "GET"): _route(403, 200),
    ("trimesters.download", "GET"): _route(403, 200),
    ("merged.index", "GET"): _route(403, 200),
    ("merged.changes", "GET"): _route(403, 200),
    ("merged.download", "GET"): _route(403, 200),
    ("hours.index", "GET"): _route(403, privacy=303),
    ("hours.show", "GET"): _route(403, privacy=200),
    ("hours.show", "POST"): _route(403, privacy=303),
    ("hours.changed", "GET"): _route(403, privacy=303),
    ("hours_file.template", "GET"): _route(403, privacy=200),
    ("hours_file.read", "GET"): _route(403, privacy=200),
    ("hours_file.read", "POST"): _route(403, privacy=422),
    ("staff_file.template", "GET"): _route(403, privacy=200),
    ("staff_file.read", "GET"): _route(403, privacy=200),
    ("staff_file.read", "POST"): _route(403, privacy=422),
    ("staff_file.read_checked", "POST"): _route(403, privacy=303),
    ("raas.index", "GET"): _route(403, privacy=200),
    ("pictures.replaced", "GET"): _route(403, privacy=200),
    ("pictures.history", "GET"): _route(403, privacy=200),
    ("pictures.steps", "GET"): _route(403, privacy=200),
    ("access.index", "GET"): _route(403, access=200),
    ("access.new", "GET"): _route(403, access=200),
    ("access.new", "POST"): _route(403, access=422),
    ("access.invite", "POST"): _route(403, access=303),
    ("access.give", "GET"): _route(403, access=200),
    ("access.give", "POST"): _route(403, access=422),
    ("access.end", "POST"): _route(403, access=303),
    ("desk_facilities.index", "GET"): _desk(200, 200),
    ("desk_facilities.show", "GET"): _desk(200, 200),
    ("desk_access.index", "GET"): _desk(200),
    ("desk_access.end_sessions", "GET"): _desk(200),
    ("desk_access.end_sessions", "POST"): _desk(303),
    ("desk_access.name_manager", "GET"): _desk(200),
    ("desk_access.name_manager", "POST"): _desk(422),
    ("desk_staff.index", "GET"): _desk(200),
    ("desk_staff.find", "POST"): _desk(200),
    ("desk_staff.show", "GET"): _desk(200),
    ("desk_staff.show_number", "POST"): _desk(422),
    ("desk_staff.reference_date", "GET"): _desk(200),
    ("desk_staff.reference_date", "POST"): _desk(422),
    ("desk_files.index", "GET"): _desk(200),
    ("desk_files.show", "GET"): _desk(200),
    ("desk_files.changes", "GET"): _desk(200),
    ("desk_files.download", "GET"): _desk(200),
    ("desk_dates.index", "GET"): _desk(200),
    ("desk_numbers.index", "GET"): _desk(200),
    ("desk_log.show", "GET"): _desk(200),
    ("desk_numbers.as_csv", "GET"): _desk(200),
    ("progress.index", "GET"): _desk(200, 200),
    ("progress.show", "GET"): _desk(200, 200),
    ("progress.download", "GET"): _desk(200, 200),
    ("comparison.show", "GET"): _desk(200, 200),
    ("reminding.send", "POST"): _desk(422),
    ("desk_trimesters.index", "GET"): _desk(200),
    ("desk_trimesters.days", "GET"): _desk(200),
    ("desk_trimesters.days", "POST"): _desk(422),
    ("desk_trimesters.close", "GET"): _desk(200),
    ("desk_trimesters.close", "POST"): _desk(422),
    ("desk_reopening.reopen", "GET"): _desk(200),
    ("desk_reopening.reopen", "POST"): _desk(422),
    ("desk_reopening.refuse", "GET"): _desk(200),
    ("desk_reopening.refuse", "POST"): _desk(422),
}

EXPECTED |= {
    ("bank_accounts.index", "GET"): _route(403, financial=200),
    ("bank_accounts.create", "GET"): _route(403, financial=200),
    ("bank_accounts.create", "POST"): _route(403, financial=422),
    ("bank_accounts.show", "GET"): _route(403, financial=200),
    # A colleague proposed it already, so that nobody takes it over, withdraws it or asks the desk.
    ("bank_accounts.take_over", "GET"): _route(403, financial=303),
    ("bank_accounts.take_over", "POST"): _route(403, financial=303),
    ("bank_accounts.confirm", "POST"): _route(403, financial=303),
    ("bank_accounts.withdraw", "POST"): _route(403, financial=409),
    ("bank_accounts.refuse", "POST"): _route(403, financial=422),
    ("bank_accounts.ask", "POST"): _route(403, financial=409),
    ("desk_accounts.index", "GET"): _desk(200, 200),
    ("desk_accounts.show", "GET"): _desk(200, 200),
    ("desk_accounts.account", "GET"): _desk(200),
    ("desk_accounts.show_number", "POST"): _desk(422),
    ("desk_accounts.confirm", "POST"): _desk(422),
    ("desk_accounts.refuse", "POST"): _desk(422),
}

EXPECTED |= {
    ("deliveries.index", "GET"): _route(403, privacy=200),
    ("billed_days.show", "GET"): _route(403, privacy=200),
    ("billed_days.edit", "GET"): _route(403, privacy=200),
    ("billed_days.edit", "POST"): _route(403, privacy=422),
    ("billed_days.submit", "POST"): _route(403, privacy=422),
    ("billed_days.ask", "POST"): _route(403, privacy=422),
    ("billed_file.template", "GET"): _route(403, privacy=200),
    ("billed_file.read", "GET"): _route(403, privacy=200),
    ("billed_file.read", "POST"): _route(403, privacy=422),
    ("residents.show", "GET"): _route(403, privacy=200),
    ("residents.show", "POST"): _route(403, privacy=422),
    ("residents.template", "GET"): _route(403, privacy=200),
    ("residents.read", "GET"): _route(403, privacy=200),
    ("residents.read", "POST"): _route(403, privacy=422),
    ("certificates.add", "GET"): _route(403, privacy=200),
    ("certificates.add", "POST"): _route(403, privacy=422),
    ("certificates.download", "GET"): _route(403, privacy=200),
    ("certificates.desk_download", "GET"): _desk(200),
    ("physicians.create", "GET"): _route(403, privacy=200),
    ("physicians.create", "POST"): _route(403, privacy=422),
    ("physicians.edit", "GET"): _route(403, privacy=200),
    ("physicians.edit", "POST"): _route(403, privacy=422),
    ("physicians.ask", "POST"): _route(403, privacy=303),
    ("physicians.remove", "GET"): _route(403, privacy=200),
    ("physicians.remove", "POST"): _route(403, privacy=303),
    ("desk_deliveries.days", "GET"): _desk(200),
    ("desk_deliveries.show", "GET"): _desk(200),
    ("desk_deliveries.reopen", "GET"): _desk(200),
    ("desk_deliveries.reopen", "POST"): _desk(422),
    ("desk_contacts.index", "GET"): _desk(200),
    ("desk_contacts.index", "POST"): _desk(303),
    ("desk_contacts.show", "GET"): _desk(200),
}

_PAGE, _FORM, _ACT = _route(403, privacy=200), _route(403, privacy=422), _route(403, privacy=303)
EXPECTED |= {
    ("staff.index", "GET"): _PAGE,
    ("staff.find", "POST"): _PAGE,
    ("staff.show", "GET"): _PAGE,
    ("staff.show_number", "POST"): _PAGE,
    ("staff.ask", "POST"): _ACT,
    ("person_data.show", "GET"): _PAGE,
    ("person_data.file", "POST"): _PAGE,
    ("contracts.ask", "POST"): _ACT,
    **{(form, method): status for form in (
        "staff.create", "staff.correct_number", "contracts.create", "contracts.edit", "contracts.change_hours",
        "contracts.take_back_hours", "contracts.end", "contracts.delete",
        "choices.create", "choices.edit", "choices.delete", "choices.declare",
        "replacements.create", "replacements.edit", "replacements.delete",
    ) for method, status in (("GET", _PAGE), ("POST", _FORM))},
}

_EACH_ROLE, _FORM_OF_EACH = _route(403, 200, 200, 200), _route(403, 422, 422, 422)
EXPECTED |= {
    ("contacts.show", "GET"): _EACH_ROLE,
    ("address.edit", "GET"): _EACH_ROLE,
    ("address.edit", "POST"): _FORM_OF_EACH,
    ("desk_address.edit", "GET"): _desk(200),
    ("desk_address.edit", "POST"): _desk(422),
    **{(f"contacts.{form}", method): status for form in ("create", "edit", "remove")
       for method, status in (("GET", _EACH_ROLE), ("POST", _FORM_OF_EACH))},
    **{(f"desk_contacts.{form}", method): status for form in ("create", "edit", "remove")
       for method, status in (("GET", _desk(200)), ("POST", _desk(422)))},
}

# Calculations: a calculator makes them, a dossier manager reads them, a facility sees the published ones.
EXPECTED |= {
    ("oversight.index", "GET"): _desk(200),
    ("desk_whole.show", "GET"): _desk(200),
    ("desk_whole.show", "POST"): _desk(422),
    ("desk_person.show", "GET"): _desk(200),
    ("desk_person.show", "POST"): _desk(422),
    ("desk_retention.index", "GET"): _desk(200),
    ("desk_retention.show", "GET"): _desk(200),
    ("desk_retention.decide", "POST"): _desk(422),
    ("exports_of_staff.own", "GET"): _route(403, 200),
    ("exports_of_staff.at_desk", "GET"): _desk(200),
    ("exports_of_staff.at_desk", "POST"): _desk(422),
    ("oversight.also_elsewhere", "GET"): _desk(200),
    ("calculations.index", "GET"): _desk(200, 200),
    ("calculations.new", "GET"): _desk(403, 200),
    ("calculations.new", "POST"): _desk(403, 422),
    ("calculations.show", "GET"): _desk(200, 200),
    ("calculations.of_facility", "GET"): _desk(200, 200),
    ("calculations.sums", "GET"): _desk(200, 200),
    # The calculation of the walk has no parameters, and so no payments.
    ("payments.show", "GET"): _desk(303, 303),
    ("payments.as_csv", "GET"): _desk(303, 403),
    **{(f"calculation_decisions.{act}", method): _desk(403, status)
       for act in ("freeze", "publish", "discard") for method, status in (("GET", 200), ("POST", 303))},
    ("parameters.index", "GET"): _desk(403, 200),
    ("parameters.new", "GET"): _desk(403, 200),
    ("parameters.new", "POST"): _desk(403, 422),
    ("parameters.show", "GET"): _desk(403, 200),
    ("parameters.confirm", "POST"): _desk(403, 303),
    ("parameters.withdraw", "POST"): _desk(403, 303),
    ("own_calculations.index", "GET"): _route(403, 200, 200),
    ("own_calculations.show", "GET"): _route(403, 200, 200),
    ("own_calculations.explain", "GET"): _route(403, 200, 200),
    ("merged_calculations.index", "GET"): _route(403, 200, 200),
    ("merged_calculations.show", "GET"): _route(403, 200, 200),
    ("merged_calculations.explain", "GET"): _route(403, 200, 200),
}

EXPECTED |= {
    ("messages.show", "GET"): _route(403, 200, 200),
    ("messages.show", "POST"): _route(403, 422, 422),
    ("messages.read", "POST"): _route(403, 422, 422),
    ("merged_messages.show", "GET"): _route(403, 200, 200),
    ("merged_messages.show", "POST"): _route(403, 422, 422),
    ("merged_messages.read", "POST"): _route(403, 422, 422),
    ("desk_documents.index", "GET"): _desk(200), ("desk_documents.show", "GET"): _desk(200),
       ("desk_documents.download", "GET"): _desk(200),
    **{(f"desk_documents.{act}", method): _desk(status)
       for act in ("create", "edit", "add_version", "withdraw") for method, status in (("GET", 200), ("POST", 422))},
    ("own_documents.index", "GET"): _route(403, 200, 200, 200),
    ("own_documents.download", "GET"): _route(403, 200, 200, 200),
    ("public_documents.index", "GET"): (200,) * 14,
    ("public_documents.download", "GET"): (200,) * 14,
    ("desk_messages.index", "GET"): _desk(200),
    ("desk_messages.of_facility", "GET"): _desk(200),
    ("desk_results.show", "GET"): _desk(200, 200),
    ("desk_messages.show", "GET"): _desk(200),
    ("desk_messages.show", "POST"): _desk(422),
    ("desk_messages.read", "POST"): _desk(422),
}
