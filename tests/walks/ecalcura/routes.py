"""The routes of ecalcura for everybody, and those of the hall for its grants (tests/walks/hall/routes.py)."""
COLUMNS = (
    ("ecalcura:privacy", "own"), ("ecalcura:privacy", "other"),
    ("ecalcura:financial", "own"), ("ecalcura:financial", "other"),
    ("ecalcura:access", "own"), ("ecalcura:access", "other"),
    ("ecalcura:colleague", "own"), ("ecalcura:colleague", "other"),
    ("ecalcura:dossier", "own"), ("ecalcura:dossier", "other"),
    ("ecalcura:calculator", "own"), ("ecalcura:calculator", "other"),
)

# Routes of the hall → the status, alike for each of COLUMNS: a login of one person, with a second factor.
_HALL = {
    ("pages.home", "GET"): 303,
    ("auth.login", "GET"): 303,
    ("auth.login", "POST"): 422,
    ("auth.code", "GET"): 303,
    ("auth.code", "POST"): 303,
    ("auth.recovery_code", "POST"): 303,
    ("auth.set_up_factor", "GET"): 303,
    ("auth.set_up_factor", "POST"): 303,
    ("account.show", "GET"): 200,
    ("account.password", "GET"): 200,
    ("account.password", "POST"): 422,
    ("account.email", "GET"): 200,
    ("account.email", "POST"): 422,
    ("account.factor", "GET"): 200,
    ("account.factor", "POST"): 422,
    ("account.recovery_codes", "GET"): 200,
    ("account.recovery_codes", "POST"): 422,
    ("account.roles", "GET"): 200,
    ("account.choose", "POST"): 404,
    ("account.end_sessions", "POST"): 303,
    ("account.end_session", "POST"): 404,
    ("auth.logout", "POST"): 303,
    ("outside.start", "GET"): 404,
    ("outside.answer", "GET"): 404,
    ("outside.without_role", "GET"): 404,
    ("outside.signed_out", "GET"): 404,
    ("auth.new_password", "GET"): 200,
    ("auth.new_password", "POST"): 422,
    ("auth.choose_password", "GET"): 410,
    ("auth.choose_password", "POST"): 410,
    ("auth.confirm_email", "GET"): 410,
    ("auth.confirm_email", "POST"): 410,
    ("organisation.show", "GET"): 403,
    ("organisation.edit", "GET"): 403,
    ("organisation.edit", "POST"): 403,
    ("organisation.cancel_move", "POST"): 403,
    ("organisations.new", "GET"): 403,
    ("organisations.new", "POST"): 403,
    ("organisations.show", "GET"): 403,
    ("organisations.edit", "GET"): 403,
    ("organisations.edit", "POST"): 403,
    ("organisations.invite", "POST"): 403,
    ("organisations.offer_password", "POST"): 403,
    ("organisations.block", "POST"): 403,
    ("organisations.unblock", "POST"): 403,
    ("organisations.move", "GET"): 403,
    ("organisations.move", "POST"): 403,
    ("organisations.cancel_move", "POST"): 403,
    ("administrators.index", "GET"): 403,
    ("administrators.new", "GET"): 403,
    ("administrators.new", "POST"): 403,
    ("administrators.invite", "POST"): 403,
    ("administrators.block", "POST"): 403,
    ("administrators.unblock", "POST"): 403,
    ("administrators.contact", "GET"): 403,
    ("administrators.contact", "POST"): 403,
    ("log.show", "GET"): 403,
    ("organisation_log.show", "GET"): 403,
}
HALL = {key: (status,) * len(COLUMNS) for key, status in _HALL.items()}


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
    ("raas.index", "GET"): _route(403, privacy=200),
    ("pictures.replaced", "GET"): _route(403, privacy=200),
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
    ("reminding.send", "POST"): _desk(422),
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
    ("bank_accounts.withdraw", "POST"): _route(403, financial=422),
    ("bank_accounts.refuse", "POST"): _route(403, financial=422),
    ("bank_accounts.ask", "POST"): _route(403, financial=422),
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
    **{(f"contacts.{form}", method): status for form in ("create", "edit", "remove")
       for method, status in (("GET", _EACH_ROLE), ("POST", _FORM_OF_EACH))},
    **{(f"desk_contacts.{form}", method): status for form in ("create", "edit", "remove")
       for method, status in (("GET", _desk(200)), ("POST", _desk(422)))},
}

# Calculations: a calculator makes them, a dossier manager reads them, a facility sees the published ones.
EXPECTED |= {
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
}
