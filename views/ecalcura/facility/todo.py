"""'Wat is er te doen' on 'Mijn voorziening': a line for each thing, for those whose roles open its page."""
from flask import url_for

from models.ecalcura.accounts import holders
from models.ecalcura.accounts.bank_accounts import BankAccount
from models.ecalcura.communication import threads
from models.ecalcura.communication.contacts import has_contact
from models.ecalcura.communication.themes import ECALCURA, themes
from models.ecalcura.facilities import colleagues
from models.ecalcura.people.employees import number_to_check
from models.ecalcura.roles import ACCESS, FINANCIAL, LABELS, PRIVACY
from models.ecalcura.trimesters import track
from models.ecalcura.trimesters.files import REOPENED
from views.ecalcura.communication.threads import title
from views.ecalcura.trimesters import words
from views.shell import filters


def lines(signed_in, facility):
    """(sentence, detail, address or None) of each thing to do, for the roles that somebody has in this facility."""
    roles = {grant.role for grant in signed_in.grants if grant.tenant_id == facility.id}
    found = [*_trimesters(facility), *_checks(facility)] if PRIVACY.code in roles else []
    found += _accounts(signed_in, facility) if FINANCIAL.code in roles else []
    found += _answers(facility) if roles & {PRIVACY.code, FINANCIAL.code} else []
    return [*found, *_contact(facility), *_roles(facility, ACCESS.code in roles)]


def _trimesters(facility):
    for stages in track.stages(facility).values():
        for stage in stages:
            if stage.is_open or stage.can_be_submitted:
                url = url_for("trimesters.show", hco=facility.hco, period=stage.place.period,
                              number=stage.place.number)
                yield _sentence(stage), words.when(stage), url


def _sentence(stage):
    label = stage.place.label
    if stage.state == REOPENED:
        return f"Dien {label} opnieuw in"
    if stage.is_late:
        return f"Dien {label} in: de uiterste dag is voorbij"
    return f"Dien {label} in" if stage.can_be_submitted else f"Voer de gegevens in voor {label}"


def _checks(facility):
    number = number_to_check(facility)
    if number:
        yield (f"Kijk de gegevens na van {filters.number(number)} {'medewerker' if number == 1 else 'medewerkers'}",
               "dit houdt het indienen tegen", url_for("staff.index", hco=facility.hco, incomplete="1"))


def _accounts(signed_in, facility):
    for account in BankAccount.waiting(facility):
        url = url_for("bank_accounts.show", hco=facility.hco, bank_account_id=account.id)
        if account.is_unproposed:
            yield "Kijk de rekening uit RaaS na", "ze wordt pas gebruikt als twee collega's ze nakeken", url
        elif account.proposer_id != signed_in.id:
            yield "Bevestig de nieuwe rekening", "een collega stelde ze voor", url
        elif account.asked_at is None and holders.is_alone(facility, signed_in.id):
            yield "Vraag bevestiging van je nieuwe rekening", "niemand anders kan het hier", url


def _answers(facility):
    for thread in threads.to_read(facility):
        yield (f"Lees het bericht over een berekening: {title(thread)}", "",
               url_for("messages.show", hco=facility.hco, calculation_id=thread.calculation_id))
    for merged in facility.predecessors():
        for thread in threads.to_read(merged):
            yield (f"Lees het antwoord over een berekening van {merged.name}: {title(thread)}", "",
                   url_for("merged_messages.show", hco=facility.hco, old=merged.hco,
                           calculation_id=thread.calculation_id))


def _contact(facility):
    if not facility.is_merged and not has_contact(facility):
        theme = themes()[ECALCURA]
        yield (f"Geen contactpersoon voor {theme}", f"niemand krijgt mails over {theme}",
               url_for("contacts.show", hco=facility.hco))


def _roles(facility, gives):
    for code in colleagues.roles_without_holder(facility):
        yield (f"Niemand heeft nu de rol ‘{LABELS[code]}’", "een toegangsbeheerder geeft de rollen",
               url_for("access.index", hco=facility.hco) if gives else None)
