"""The dashboard of an organisation, and the pages of its clients."""
import secrets

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.exceptions import NotFound

from models.accounts.moves import LoginMove
from models.arbeidszorg.deletion import retention
from models.arbeidszorg.deletion.requests import DOUBLE, DeletionRequest
from models.arbeidszorg.doubles.merging import Merge
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.moving import moves
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.dashboard import Listing
from models.arbeidszorg.register.finding import find_client
from models.arbeidszorg.register.former_numbers import FormerNumber
from models.arbeidszorg.without_names.client import ClientWithoutName
from models.errors import Refused, Stale
from views.arbeidszorg import withdrawn
from views.arbeidszorg.organisation import asked as questions
from views.arbeidszorg.organisation import client_list, client_page
from views.arbeidszorg.organisation.files import running
from views.arbeidszorg.organisation.forms import MISTAKE, WHY, DeletionForm, box_of, client_form, why_of
from views.hall import support
from views.hall.wing import notices
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import merged
from views.shell.security import error_page

blueprint = Blueprint("clients", __name__)

# Shown when somebody withdraws a deletion request that is no longer pending.
SETTLED = {
    "withdrawn": "De aanvraag was al ingetrokken.",
    "refused": "De aanvraag was intussen geweigerd.",
    "approved": "De aanvraag was intussen goedgekeurd.",
}


def own_client(number):
    """The client with this number of the own organisation; if it was merged, a redirect to the client that goes on.

    Without either, a 404.
    """
    return Client.one(signed_in().organisation_id, number) or abort(_merged(number))


def _merged(number):
    """The redirect to the client into which this one was merged; else 404."""
    goes_on = FormerNumber.goes_on(signed_in().organisation_id, number)
    if goes_on is None:
        return 404
    # The second click on 'Samenvoegen' comes here too.
    nothing = " Er is niets opgeslagen." if request.method == "POST" and request.blueprint != "doubles" else ""
    flash(f"Cliënt {number} is samengevoegd met cliënt {goes_on}.{nothing}")
    return redirect(url_for("clients.show", number=goes_on), 303)


@blueprint.app_errorhandler(Client.DoesNotExist)
def _deleted_meanwhile(_error):
    """Answer 404 when an administrator deleted the client after this request looked it up."""
    return error_page(NotFound())


@blueprint.get("/dashboard")
@open_to("arbeidszorg:organisation")
def dashboard():
    """List the own clients: the address gives the tab, a number to search for, the sort and the page."""
    asked = request.args
    listing = Listing(
        signed_in().organisation_id,
        tab=asked.get("tab", ""),
        search=asked.get("q", ""),
        sort=asked.get("sort", ""),
        page=asked.get("page", 1, type=int),
        incomplete=asked.get("incomplete") == "1",
    )
    return _list_page(listing)


@blueprint.post("/dashboard/name")
@open_to("arbeidszorg:organisation")
def find_name():
    """List the own clients whose name contains the posted text; posted, so that no address holds a name."""
    return _list_page(Listing(
        signed_in().organisation_id,
        tab=request.form.get("tab", ""),
        sort=request.form.get("sort", ""),
        name=request.form.get("name", ""),
    ))


def _list_page(listing):
    values = client_list.values(listing, url_for("clients.dashboard"))
    if not pages.is_partial():
        values["move"] = LoginMove.pending(signed_in())
        values["notices"] = notices()
        values["import_notice"] = running.notice()
        values["retention"] = retention.term()
        values["moves_waiting"] = moves.waiting(signed_in().organisation_id)
    return pages.render("arbeidszorg/organisation/dashboard.html", "arbeidszorg/organisation/_list.html", **values)


@blueprint.route("/clients/new", methods=["GET", "POST"])
@open_to("arbeidszorg:organisation")
def create():
    """Register a client, after a question if it looks like one that exists or a value is improbable."""
    form = client_form(form_key=secrets.token_urlsafe(16))
    if form.validate_on_submit():
        asked = questions.of_client(form)
        if not asked.is_open:
            return _register(form)
        return _form_page(form, asked=asked, status=422)
    return _form_page(form, status=422 if form.is_submitted() else 200)


def _register(form):
    try:
        client = Client.register(
            signed_in().organisation, form.answers(), form.name.data, form.form_key.data, signed_in())
    except Refused as refused:
        if refused.code == ArbeidszorgCode.ALREADY_SAVED:
            saved = refused.context["client"]
            return _conflict_page(client_form(saved), saved)
        _show_refusal(form, refused)
        return _form_page(form, status=422)
    flash(f"Cliënt {client.number} is bewaard. Voeg nu de begeleidingsperiode toe.", "success")
    return redirect(url_for("periods.create", number=client.number), 303)


@blueprint.get("/clients/<int:number>")
@open_to("arbeidszorg:organisation")
def show(number):
    """Show a client: its answers with their history, its periods, and its deletion request."""
    client = own_client(number)
    return pages.render(
        "arbeidszorg/organisation/client.html",
        client=client,
        label=client_page.label(client),
        name=client.name,
        chapters=client_page.chapters(client),
        periods=client_page.period_rows(client),
        withdrawn=withdrawn.of_client(number),
        dashboard_url=client_page.dashboard_url(client),
        likely=client_page.likely(client),
        merges=Merge.of_client(client),
        client_move=moves.ClientMove.pending(client.number),
        deletion_request=DeletionRequest.latest(client),
        administrator=support.administrator(),
        contacts=support.contacts(),
    )


@blueprint.get("/clients/<int:number>/province-view")
@open_to("arbeidszorg:organisation")
def province_view(number):
    """'Wat ziet de provincie?': show the client as an administrator sees it, from the same query."""
    own = ClientWithoutName.of_organisation(signed_in().organisation_id)
    client = ClientWithoutName.details(own, number) or abort(404)
    return pages.render("arbeidszorg/organisation/province_view.html", client=client)


@blueprint.route("/clients/<int:number>/edit", methods=["GET", "POST"])
@open_to("arbeidszorg:organisation")
def edit(number):
    """Change a client, after the questions of asked.py; if a colleague saved meanwhile, show both versions: 409."""
    client = own_client(number)
    form = client_form(client)
    if form.validate_on_submit():
        asked = questions.of_client(form, client)
        # A form that a colleague overtook is shown with both versions first, and asks there.
        if not asked.is_open or form.version.data != client.version:
            return _change(client, form)
        return _form_page(form, client, asked=asked, status=422)
    return _form_page(form, client, status=422 if form.is_submitted() else 200)


def _change(client, form):
    answers = form.answers()
    mistakes = {code for code, reason in form.why().items() if reason == MISTAKE}
    try:
        changed = client.change(answers, form.name.data, form.version.data, mistakes, signed_in())
    except Stale as stale:
        return _conflict_page(form, stale.context["current"])
    except Refused as refused:
        _show_refusal(form, refused)
        return _form_page(form, client, status=422)
    if changed.version == client.version:
        flash(f"Er is niets gewijzigd aan cliënt {client.number}.")
    else:
        flash(f"Cliënt {client.number} is bewaard.", "success")
    return redirect(url_for("clients.show", number=client.number), 303)


def _conflict_page(form, current):
    """Show the stored values beside the typed ones, in a form made from the current row."""
    kept = {"name": current.name, **current.answers()}
    again = client_form(current, instead=merged(form.given(), form.opened.data, kept))
    if not client_page.differences(again, current):
        flash(f"Cliënt {current.number} was al zo bewaard.")
        return redirect(url_for("clients.show", number=current.number), 303)
    for code, reason in form.why().items():
        again[why_of(code)].data = reason
    asked = questions.of_client(again, current)
    return _form_page(again, current, asked=asked, differences=client_page.differences(form, current), status=409)


def _show_refusal(form, refused):
    at = "birth_date" if refused.code == ArbeidszorgCode.BEFORE_BIRTH else "name"
    form.refuse(refused.context.get("question", at), refused)


def _form_page(form, client=None, asked=None, differences=(), status=200):
    chapters = [
        (chapter, [(question, [box_of(question, option) for option in question.options
                               if question.kind != "choice" and box_of(question, option) in form])
                   for question in questions])
        for chapter, questions in questionnaire.current().chapters()
    ]
    return pages.render(
        "arbeidszorg/organisation/client_form.html",
        status=status,
        form=form,
        client=client,
        label=client and client_page.label(client),
        chapters=chapters,
        asked=asked,
        why=WHY,
        differences=differences,
    )


@blueprint.route("/clients/<int:number>/deletion-request", methods=["GET", "POST"])
@open_to("arbeidszorg:organisation")
def request_deletion(number):
    """Request the deletion of a client, with a reason and a remark for the administrator."""
    client = own_client(number)
    form = DeletionForm()
    if form.validate_on_submit():
        try:
            DeletionRequest.ask(client, form.reason.data, form.remark.data, signed_in(), _other_number(client, form))
            flash("De verwijdering is aangevraagd.", "success")
        except Refused as refused:
            if refused.code == ArbeidszorgCode.CLIENT_GONE:
                abort(404)
            if refused.code == ArbeidszorgCode.ALREADY_ASKED:
                flash("De verwijdering van deze cliënt was al aangevraagd.")
            else:
                form.refuse("other" if refused.code == ArbeidszorgCode.OTHER_NUMBER else "remark", refused)
        if not form.errors:
            return redirect(url_for("clients.show", number=number), 303)
    return pages.render(
        "arbeidszorg/organisation/deletion_request.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        client=client,
        label=client_page.label(client),
        deletion_request=DeletionRequest.pending(client),
        administrator=support.administrator(),
        contacts=support.contacts(),
    )


def _other_number(client, form):
    """The number of the other registration of a client that is registered twice; None for another reason."""
    if form.reason.data != DOUBLE:
        return None
    if other := find_client(client.organisation_id, form.other.data, but=client.number):
        return other.number
    raise Refused(ArbeidszorgCode.OTHER_NUMBER)


@blueprint.post("/clients/<int:number>/deletion-request/withdraw")
@open_to("arbeidszorg:organisation")
def withdraw_deletion(number):
    """Withdraw the deletion request of a client."""
    client = own_client(number)
    deletion_request = DeletionRequest.latest(client)
    if deletion_request is None:
        return pages.back_to("clients.show", "Er is geen aanvraag om in te trekken.", number=number)
    try:
        deletion_request.withdraw(signed_in())
    except Refused as refused:
        return pages.back_to("clients.show", SETTLED[refused.context["request"].status], number=number)
    return pages.back_to("clients.show", "De aanvraag is ingetrokken.", number=number)
