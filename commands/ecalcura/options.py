"""Shared by the commands of ecalcura: the option of a facility."""
import click

from models.ecalcura.facilities.facilities import Facility

hco_option = click.option("--hco", required=True, help="The HCO number of the facility.")


def facility_named(hco: str) -> Facility:
    """Return the facility with this HCO number; raises click.ClickException for an unknown number."""
    found = Facility.by_hco(hco.strip().upper())
    if found is None:
        raise click.ClickException("There is no facility with that HCO number.")
    return found
