"""The mails about bank accounts, in plain Dutch: none has an account number or a name."""
from models.mail.letters import Letter, body

STEP = """Dag,

{what} Het gaat over {facility}.

Het nummer staat niet in deze mail. Je ziet het op de pagina 'Bankrekeningen':

{base_url}/ecalcura/{hco}/accounts

Verwachtte je dit niet? Meld je aan en kijk het na, of vraag het aan je collega's."""

# Step → the subject, and a sentence.
STEPS = {
    "proposed": ("Een bankrekening wacht op bevestiging in eCalcura",
                 "Er is een bankrekening voorgesteld. Een andere collega bevestigt ze, voor ze gebruikt wordt."),
    "asked": ("Een bankrekening wacht op de dossierbeheerder in eCalcura",
              "Aan de dossierbeheerder is gevraagd om een bankrekening te bevestigen. Je wordt daarover opgebeld."),
    "confirmed": ("Een bankrekening is bevestigd in eCalcura", "Er is een bankrekening bevestigd."),
    "withdrawn": ("Een bankrekening is ingetrokken in eCalcura", "Een voorstel voor een bankrekening is ingetrokken."),
    "refused": ("Een bankrekening is geweigerd in eCalcura", "Een voorstel voor een bankrekening is geweigerd."),
}

ASKED = """Dag,

{facility} (HCO {hco}) vraagt je om een bankrekening te bevestigen: daar kan niemand anders dat doen.
Bel eerst terug, naar het nummer dat je al kende.

{base_url}/ecalcura/desk/accounts"""

DECIDED = """Dag,

De bankrekening van {facility} (HCO {hco}) wacht niet meer op de dossierbeheerder: ze is {what}.

{base_url}/ecalcura/desk/facilities/{hco}/accounts"""

DECISIONS = {"confirmed": "bevestigd", "withdrawn": "ingetrokken", "refused": "geweigerd"}


def step(step: str, facility: str, hco: str) -> Letter:
    """Tell those who manage the money of a facility of a step, one of STEPS."""
    subject, what = STEPS[step]
    return subject, body(STEP, what=what, facility=facility, hco=hco)


def to_desk(step: str, facility: str, hco: str) -> Letter:
    """Tell the dossier managers of a step, one of STEPS, of an account that they were asked to confirm."""
    if step == "asked":
        return "Een bankrekening wacht op je bevestiging in eCalcura", body(ASKED, facility=facility, hco=hco)
    return STEPS[step][0], body(DECIDED, what=DECISIONS[step], facility=facility, hco=hco)
