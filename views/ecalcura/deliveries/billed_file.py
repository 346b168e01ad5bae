"""'Gefactureerde dagen' as a spreadsheet: to download, fill in and read."""
from flask import Blueprint, url_for

from models.ecalcura.deliveries import billed_file
from views.ecalcura.addresses import tabs
from views.ecalcura.deliveries import files
from views.ecalcura.deliveries.billed_days import facility_of
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.downloads import in_turn
from views.shell.lanes import accepts

blueprint = Blueprint("billed_file", __name__, url_prefix="/ecalcura/<hco>/deliveries/days/<int:year>")


@blueprint.get("/template.xlsx")
@open_to("ecalcura:privacy")
@in_turn
def template(hco, year):
    """Download the days of a year as a spreadsheet to fill in."""
    return files.template_answer(billed_file.template(facility_of(hco, year), year), f"gefactureerde-dagen-{year}")


@blueprint.route("/file", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
@accepts(files.MEGABYTES * 2**20)
def read(hco, year):
    """Offer the template, and read a filled-in one: all of it is saved, or nothing."""
    facility = facility_of(hco, year)
    return files.read_file(
        lambda source: billed_file.read(facility, year, source, signed_in()),
        lambda: pages.back_to("billed_days.show", "Het bestand is gelezen.", hco=hco, year=year),
        facility=facility, tabs_of=tabs(signed_in(), facility, "deliveries"), title="Gefactureerde dagen in Excel",
        of=str(year), hint="Een rij voor je voorziening. Een leeg vakje laat de dagen zoals ze zijn.",
        back=url_for("billed_days.show", hco=hco, year=year),
        template=url_for("billed_file.template", hco=hco, year=year))
