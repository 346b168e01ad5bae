"""The mail about a calculation, in plain Dutch: without a quantity, an amount or a person."""
from models.mail.letters import Letter, body

PUBLISHED = """Dag,

Voor {facility} staat een berekening klaar in eCalcura, van {label}:

{base_url}/ecalcura/{path}/calculations

Heb je een vraag over deze berekening? Stel ze op die pagina."""


def published(facility: str, path: str, label: str) -> Letter:
    """Tell that a calculation of a facility was published; `path` is that of its pages, as the reader opens them."""
    return "Een berekening staat klaar in eCalcura", body(PUBLISHED, facility=facility, path=path, label=label)
