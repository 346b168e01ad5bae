"""The mails of the hall, in plain Dutch: each function gives a subject and a body."""
from models.days import local

_base_url, _contacts, _operator = "http://127.0.0.1:8000", None, ""

SIGNATURE = "\n\nMet vriendelijke groeten\nLoket\n{base_url}\n"

INVITATION = """Dag,

{whom} Dit e-mailadres is de login:

    {email}

Kies je wachtwoord op deze pagina:

{link}

De link werkt één keer, gedurende zeven dagen. Daarna kies je een wachtwoord via 'Wachtwoord vergeten?':

{base_url}/password/new

Verwachtte je deze mail niet? Dan hoef je niets te doen."""

RESET = """Dag,

Iemand vroeg een nieuw wachtwoord voor de login {email}.
Was jij dat? Kies dan een nieuw wachtwoord op deze pagina:

{link}

De link werkt één keer, gedurende een uur. Een oudere link werkt niet meer.

Heb je niets gevraagd? Dan hoef je niets te doen: je wachtwoord blijft wat het is."""

RESET_DONE = """Dag,

Voor de login {email} is een nieuw wachtwoord ingesteld.
Wie nog elders aangemeld was, is daar nu afgemeld.

Weet jij hier niets van, en je collega's ook niet?
Kies dan meteen zelf een nieuw wachtwoord:

{base_url}/password/new

Verwittig daarna {whom}"""

EMAIL_CONFIRMATION = """Dag,

Voor een login van Loket werd gevraagd om voortaan dit e-mailadres te gebruiken:

    {email}

Bevestig dat op deze pagina:

{link}

De link werkt één keer, gedurende een uur. Tot dan verandert er niets.

Heb je niets gevraagd? Dan hoef je niets te doen."""

EMAIL_IN_USE = """Dag,

Voor een login van Loket werd gevraagd om voortaan dit e-mailadres te gebruiken:

    {email}

Dat kan niet: het hoort al bij een andere login. Er verandert niets. Kies voor elke login een eigen e-mailadres.

Heb je niets gevraagd? Dan hoef je niets te doen."""

EMAIL_REQUESTED = """Dag,

Voor de login {email} werd een ander e-mailadres gevraagd.
Het geldt pas nadat het bevestigd is op dat nieuwe adres.

Weet jij hier niets van, en je collega's ook niet?
Kies dan meteen een nieuw wachtwoord, dan gaat het niet door:

{base_url}/password/new"""

EMAIL_CHANGED = """Dag,

De login {old_email} van Loket heeft nu een ander e-mailadres. Aanmelden kan niet meer met het oude adres,
en op dit adres krijg je geen mails meer van Loket.

Weet jij hier niets van, en je collega's ook niet? Verwittig dan meteen {whom}"""


LOGIN_BLOCKED = """Dag,

De login {email} van Loket is geblokkeerd. Wie aangemeld was, is nu afgemeld, en aanmelden kan niet meer.
Aan wat geregistreerd is, verandert niets.

Weet je niet waarom? Vraag het aan {whom}"""

LOGIN_UNBLOCKED = """Dag,

De login {email} van Loket is niet meer geblokkeerd: je kan hem weer gebruiken.

{base_url}"""

PASSWORD_OFFERED = """Dag,

Er is gevraagd om voor de login {email} van Loket een nieuw wachtwoord te kiezen. Dat doe je op deze pagina:

{link}

De link werkt één keer, gedurende een uur. Is hij te oud? Vraag dan zelf een nieuwe:

{base_url}/password/new

Niemand anders krijgt je wachtwoord te zien, ook je beheerder niet. Tot je een nieuw kiest, blijft het wat het is."""

MOVE_ASKED = """Dag,

Er is gevraagd om de login van {organisation} in Loket te verhuizen naar een ander e-mailadres:

    van   {old_email}
    naar  {new_email}

Dat gebeurt op {moment}. Tot dan verandert er niets.

Klopt dit niet? Meld je aan en klik op 'Verhuizing annuleren': dat kan op het dashboard en bij 'Mijn organisatie'.

{base_url}

Kan je je niet aanmelden? Verwittig dan meteen {whom}"""

MOVE_COMING = """Dag,

Er is gevraagd om van dit e-mailadres de login van {organisation} in Loket te maken:

    {new_email}

Dat gebeurt op {moment}, als niemand het intussen annuleert. Je krijgt dan opnieuw een mail.
Nu hoef je niets te doen.

Hoort dit adres niet bij {organisation}? Verwittig dan {whom}"""

MOVE_CANCELLED = """Dag,

De login van {organisation} in Loket verhuist niet naar {new_email}: {reason}.
Er verandert niets."""

MOVE_REASONS = {
    "organisation": "de organisatie annuleerde het",
    "administrator": "een beheerder annuleerde het",
    "operator": "wie Loket beheert, annuleerde het",
    "changed": "de login kreeg intussen een ander e-mailadres",
    "blocked": "de login is intussen geblokkeerd",
    "taken": "dat e-mailadres hoort intussen bij een andere login",
}

LOGIN_MOVED = """Dag,

Dit e-mailadres is nu de login van {organisation} in Loket:

    {new_email}

Het wachtwoord is niet veranderd. Ken je het niet? Kies dan een nieuw op deze pagina:

{base_url}/password/new"""

# What changed of an administrator's second factor → the subject, and what the mail says.
FACTOR_CHANGES = {
    "set": ("Je codes voor Loket zijn ingesteld", "Aanmelden met {email} vraagt voortaan ook een code uit een app."),
    "replaced": ("Een ander toestel voor Loket", "De codes voor {email} komen voortaan van een ander toestel.\n"
                 "Het vorige toestel en de vorige herstelcodes werken niet meer."),
    "removed": ("Je codes voor Loket zijn weggenomen", "De codes voor {email} zijn weggenomen, ook de herstelcodes.\n"
                "Wie zich aanmeldt met het wachtwoord, stelt nieuwe in."),
    "recovery-used": ("Er is een herstelcode van Loket gebruikt", "Voor {email} is een herstelcode gebruikt. "
                      "Er zijn er nog {left}."),
    "recovery-renewed": ("Nieuwe herstelcodes voor Loket", "Voor {email} zijn er nieuwe herstelcodes. "
                         "De vorige werken niet meer."),
}

FACTOR = """Dag,

{what}

Weet jij hier niets van? Kies dan meteen een nieuw wachtwoord en verwittig wie Loket beheert:

{base_url}/password/new"""


def use(base_url, contacts=None, operator=""):
    """The address that links in mails begin with; how to reach a province's administrators, and the operator."""
    global _base_url, _contacts, _operator
    _base_url, _contacts, _operator = base_url.rstrip("/"), contacts, operator or ""


def link(kind, token):
    """The page of a one-time link, as it stands in a mail."""
    return f"{_base_url}/{kind}/{token}"


def invitation(account, token):
    if account.organisation:
        whom = f"{account.organisation.name} kan voortaan registreren in Loket."
    else:
        whom = "Je bent voortaan provinciebeheerder in Loket. Bij je eerste aanmelding heb je ook je telefoon nodig."
    return "Uitnodiging voor Loket", _body(INVITATION, whom=whom, email=account.email, link=link("invitation", token))


def password(email, token):
    return "Een nieuw wachtwoord voor Loket", _body(RESET, email=email, link=link("password", token))


def password_changed(email, province=None):
    return "Je wachtwoord van Loket is gewijzigd", _body(RESET_DONE, email=email, whom=_whom(province))


def email_confirmation(email, token):
    return "Bevestig je e-mailadres voor Loket", _body(EMAIL_CONFIRMATION, email=email, link=link("email", token))


def email_in_use(email):
    return "Dit e-mailadres is al in gebruik in Loket", _body(EMAIL_IN_USE, email=email)


def email_requested(email):
    return "Een ander e-mailadres voor Loket gevraagd", _body(EMAIL_REQUESTED, email=email)


def email_changed(old_email, province=None):
    return "Je e-mailadres van Loket is gewijzigd", _body(EMAIL_CHANGED, old_email=old_email, whom=_whom(province))


def login_blocked(email, province=None):
    return "Je login van Loket is geblokkeerd", _body(LOGIN_BLOCKED, email=email, whom=_whom(province))


def login_unblocked(email):
    return "Je login van Loket is niet meer geblokkeerd", _body(LOGIN_UNBLOCKED, email=email)


def password_offered(email, token):
    return "Kies een nieuw wachtwoord voor Loket", _body(PASSWORD_OFFERED, email=email, link=link("password", token))


def move_asked(organisation, province, old_email, new_email, moment):
    return "Je login van Loket verhuist binnenkort", _body(
        MOVE_ASKED, organisation=organisation, old_email=old_email, new_email=new_email, moment=_words(moment),
        whom=_whom(province))


def move_coming(organisation, province, new_email, moment):
    return "Dit wordt een login van Loket", _body(
        MOVE_COMING, organisation=organisation, new_email=new_email, moment=_words(moment), whom=_whom(province))


def move_cancelled(organisation, new_email, reason):
    return "De verhuizing van een login van Loket gaat niet door", _body(
        MOVE_CANCELLED, organisation=organisation, new_email=new_email, reason=MOVE_REASONS[reason])


def login_moved(organisation, new_email):
    return "Dit is nu een login van Loket", _body(LOGIN_MOVED, organisation=organisation, new_email=new_email)


def _words(moment):
    return f"{local(moment):%d/%m/%Y om %H:%M}"


def factor(change, email, **values):
    """What changed of the second factor: one of FACTOR_CHANGES."""
    subject, what = FACTOR_CHANGES[change]
    return subject, _body(FACTOR, what=what.format(email=email, **values))


def _whom(province):
    """The end of a sentence: whom an organisation of this province can turn to; without one, the operator."""
    found = _contacts(province) if _contacts and province else []
    if not found:
        return f"wie Loket beheert: {_operator}" if _operator else "wie Loket beheert."
    return "de beheerder van je provincie:\n\n" + "\n".join(f"    {', '.join(filter(None, one))}" for one in found)


def _body(text, **values):
    return (text + SIGNATURE).format(base_url=_base_url, **values)
