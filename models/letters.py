"""The mails of the hall, in plain Dutch: each function gives a subject and a body."""

_base_url = "http://127.0.0.1:8000"

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
Kies dan meteen zelf een nieuw wachtwoord en verwittig je beheerder:

{base_url}/password/new"""

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

Weet jij hier niets van, en je collega's ook niet? Verwittig dan meteen je beheerder."""


def use(base_url):
    """The address that links in mails begin with."""
    global _base_url  # noqa: PLW0603
    _base_url = base_url.rstrip("/")


def link(kind, token):
    """The page of a one-time link, as it stands in a mail."""
    return f"{_base_url}/{kind}/{token}"


def invitation(account, token):
    if account.organisation:
        whom = f"{account.organisation.name} kan voortaan registreren in Loket."
    else:
        whom = "Je bent voortaan provinciebeheerder in Loket."
    return "Uitnodiging voor Loket", _body(INVITATION, whom=whom, email=account.email, link=link("invitation", token))


def password(email, token):
    return "Een nieuw wachtwoord voor Loket", _body(RESET, email=email, link=link("password", token))


def password_changed(email):
    return "Je wachtwoord van Loket is gewijzigd", _body(RESET_DONE, email=email)


def email_confirmation(email, token):
    return "Bevestig je e-mailadres voor Loket", _body(EMAIL_CONFIRMATION, email=email, link=link("email", token))


def email_in_use(email):
    return "Dit e-mailadres is al in gebruik in Loket", _body(EMAIL_IN_USE, email=email)


def email_requested(email):
    return "Een ander e-mailadres voor Loket gevraagd", _body(EMAIL_REQUESTED, email=email)


def email_changed(old_email):
    return "Je e-mailadres van Loket is gewijzigd", _body(EMAIL_CHANGED, old_email=old_email)


def _body(text, **values):
    return (text + SIGNATURE).format(base_url=_base_url, **values)
