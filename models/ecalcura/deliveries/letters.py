"""The mail about deliveries, in plain Dutch: it names no person and does not repeat the reason."""
from models.mail.letters import Letter, body

REOPENED = """Dag,

Het Departement Zorg heeft de gefactureerde dagen van {year} opnieuw geopend voor {facility}. Je kunt ze aanpassen en
opnieuw indienen.

De reden staat op de pagina van dat jaar:

{base_url}/ecalcura/{hco}/deliveries/days/{year}"""


def billed_days_reopened(facility: str, hco: str, year: int) -> Letter:
    """Tell those who may submit that the billed days of a year are open again."""
    return "Gefactureerde dagen zijn heropend in eCalcura", body(REOPENED, facility=facility, hco=hco, year=year)
