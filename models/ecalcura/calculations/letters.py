"""The mail about a calculation, in plain Dutch: without a quantity, an amount or a person."""
from models.mail.letters import Letter, body

PUBLISHED = """Dag,

Voor {facility} staat een berekening klaar in eCalcura, van {label}:

{base_url}/ecalcura/{hco}/calculations

Heb je een vraag over deze berekening? Stel ze op die pagina."""


def published(facility: str, hco: str, label: str) -> Letter:
    """Tell a facility that a calculation was published."""
    return "Een berekening staat klaar in eCalcura", body(PUBLISHED, facility=facility, hco=hco, label=label)
