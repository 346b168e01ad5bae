"""Where a check is mended: the label and the address of the page for it."""
# Code → (label, endpoint). The ids of the check fill in the address.
PLACES = {
    "V02": ("Nummer verbeteren", "staff.correct_number"),
    "V04": ("Beëindigen", "contracts.end"),
    "V05": ("Contract verbeteren", "contracts.edit"),
    "V08": ("Contract verbeteren", "contracts.edit"),
    "V10": ("Contract verbeteren", "contracts.edit"),
    "V11": ("Contract verbeteren", "contracts.edit"),
    "V14": ("Kiezen", "choices.create"),
    "V15": ("Keuze wijzigen", "choices.edit"),
    "V16": ("Verklaren", "choices.declare"),
    "V17": ("Vervanging wijzigen", "replacements.edit"),
    "V18": ("Vervanging wijzigen", "replacements.edit"),
    "V19": ("Akte invullen", "replacements.edit"),
}
_IDS = {"staff": ("employee_id",), "contracts": ("contract_id",), "replacements": ("replacement_id",),
        "choices.create": ("employee_id", "step"), "choices.declare": ("employee_id", "step"),
        "choices.edit": ("choice_id",)}


# Prestaties, in the grid of the trimester.
HOURS = {"V21", "V23"}


def link(check, trimester, to):
    """(label, address) of the page where this check is mended; ('', None) if there is nothing to do but wait.

    `to(endpoint, **ids)` is an address, or None for a page that is not open.
    """
    if check.code in HOURS:
        return "Prestaties", to("hours.show", period=trimester.period, number=trimester.number,
                                _anchor=f"r{check.contract_id}")
    label, endpoint = PLACES.get(check.code, ("", None))
    if endpoint is None:
        return label, None
    known = {"employee_id": check.employee_id, "contract_id": check.contract_id,
             "replacement_id": check.replacement_id, "choice_id": check.choice_id, "step": check.values.get("age")}
    ids = {name: known[name] for name in _IDS.get(endpoint) or _IDS[endpoint.partition(".")[0]]}
    if None in ids.values():
        return "", None
    return label, to(endpoint, **ids)
