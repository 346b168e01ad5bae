"""'Certificaten' of a facility: adding one with its file, and downloading the file."""
import peewee
from flask import Blueprint, abort, flash, make_response
from flask_wtf.file import FileField, FileRequired

from models.ecalcura.deliveries import certificates
from models.ecalcura.deliveries.certificates import JPEG, MEGABYTES, PDF, PNG
from models.ecalcura.deliveries.fields import certificate_kinds
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities.facilities import Facility
from models.errors import Refused
from models.patience import is_busy
from views.ecalcura.addresses import tabs
from views.ecalcura.desk.facilities import one
from views.ecalcura.fields import day_field
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, choice_field, required_text_field
from views.shell.kept import BUSY, RETRY_AFTER
from views.shell.lanes import accepts
from views.shell.messages import message

blueprint = Blueprint("certificates", __name__, url_prefix="/ecalcura")
# The fields beside the file.
ROOM = 64 * 2**10
TYPES = {PDF: "application/pdf", JPEG: "image/jpeg", PNG: "image/png"}
# Refusal → the field that shows it; the others are about the number.
FIELDS = {
    EcalcuraCode.CERTIFICATE_TYPE: "file", EcalcuraCode.CERTIFICATE_LARGE: "file",
    EcalcuraCode.CERTIFICATE_LATER: "since", EcalcuraCode.DAYS_ORDER: "until", EcalcuraCode.CERTIFICATE_KIND: "kind",
}


class CertificateForm(BaseForm):
    kind = choice_field("Soort", {}, "Kies de soort.")
    number = required_text_field("Nummer", certificates.LONGEST, "Typ het nummer van het certificaat.")
    since = day_field("Van", "Typ de eerste dag, bijvoorbeeld 01/09/2026.")
    until = day_field("Tot en met")
    file = FileField("Bestand", [FileRequired("Kies een bestand.")])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = {"": "Kies …", **certificate_kinds()}


@blueprint.route("/<hco>/deliveries/certificates/new", methods=["GET", "POST"])
@open_to("ecalcura:privacy")
@accepts(MEGABYTES * 2**20 + ROOM)
def add(hco):
    """Add a certificate with its file."""
    facility, form = Facility.by_hco(hco), CertificateForm()
    if form.validate_on_submit():
        try:
            certificates.add_certificate(facility, form.kind.data, form.number.data, form.since.data, form.until.data,
                                         form.file.data.read(), signed_in())
        except peewee.OperationalError as error:
            if not is_busy(error):
                raise
            # The usual answer carries a form's values along, and a file cannot be carried along.
            form.file.errors = [BUSY]
            return _page(facility, form, 503)
        except Refused as refused:
            form.refuse(FIELDS.get(refused.code, "number"), refused)
        else:
            return pages.back_to("deliveries.index", "Het certificaat is opgeslagen.", hco=hco)
    return _page(facility, form, 422 if form.errors else 200)


def _page(facility, form, status):
    answer = pages.render("ecalcura/deliveries/certificate.html", status=status, facility=facility, form=form,
                          megabytes=MEGABYTES, tabs_of=tabs(signed_in(), facility, "deliveries"))
    if status == 503:
        answer.headers["Retry-After"] = RETRY_AFTER
    return answer


@blueprint.get("/<hco>/deliveries/certificates/<int:certificate_id>/file")
@open_to("ecalcura:privacy")
def download(hco, certificate_id):
    """Download the file of a certificate."""
    return _file(Facility.by_hco(hco), certificate_id, lambda: pages.back_to("deliveries.index", hco=hco))


@blueprint.get("/desk/facilities/<facility>/deliveries/certificates/<int:certificate_id>/file")
@open_to("ecalcura:dossier")
def desk_download(facility, certificate_id):
    """Download the file of a certificate, at the desk."""
    return _file(one(facility), certificate_id, lambda: pages.back_to("desk_deliveries.show", facility=facility))


def _file(facility, certificate_id, back):
    """The file as an attachment with a name of ours; 404 without one, and `back()` if it cannot be read."""
    try:
        found = certificates.file_of(facility, certificate_id) or abort(404)
    except Refused as refused:
        flash(message(refused), "error")
        return back()
    answer = make_response(found.content)
    answer.headers["Content-Type"] = TYPES[found.type]
    answer.headers["Content-Disposition"] = f'attachment; filename="certificaat-{certificate_id}.{found.type}"'
    return answer
