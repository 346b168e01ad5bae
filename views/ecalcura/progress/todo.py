"""'Wat is er te doen' on 'Voortgang': a line for each thing that waits for a dossier manager."""
from flask import url_for

from models.ecalcura.accounts.bank_accounts import BankAccount
from models.ecalcura.communication import reminding, threads
from models.ecalcura.trimesters import reopening


def lines():
    """(sentence, address) of each thing to do."""
    waiting = (
        (len(reopening.requests()), "{} vraag om te heropenen", "{} vragen om te heropenen", "desk_trimesters.index"),
        (threads.listing().new, "{} nieuw bericht", "{} nieuwe berichten", "desk_messages.index"),
        (BankAccount.waiting_for_desk().count(), "{} bankrekening te bevestigen", "{} bankrekeningen te bevestigen",
         "desk_accounts.index"),
        (reminding.number_due(), "{} voorziening zonder contactpersoon te herinneren",
         "{} voorzieningen zonder contactpersoon te herinneren", "desk_contacts.index"),
    )
    return [((one if number == 1 else more).format(number), url_for(endpoint))
            for number, one, more, endpoint in waiting if number]
