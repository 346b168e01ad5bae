"""The Dutch texts of the mails, and the words for what they tell about."""

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
    "operator": "de helpdesk van Loket annuleerde het",
    "changed": "de login kreeg intussen een ander e-mailadres",
    "blocked": "de login is intussen geblokkeerd",
    "taken": "dat e-mailadres hoort intussen bij een andere login",
}

LOGIN_MOVED = """Dag,

Dit e-mailadres is nu de login van {organisation} in Loket:

    {new_email}

Het wachtwoord is niet veranderd. Ken je het niet? Kies dan een nieuw op deze pagina:

{base_url}/password/new"""

# A change of an administrator's second factor -> the subject of the mail, and the sentences that tell it.
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

Weet jij hier niets van? Kies dan meteen een nieuw wachtwoord en verwittig de helpdesk van Loket:

{base_url}/password/new"""
