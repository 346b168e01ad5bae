"""'Mogelijke dubbels': their list, two clients side by side, merging them, and undoing that."""
from flask import Blueprint, abort, flash, redirect, request, url_for

from models.arbeidszorg.doubles import finding
from models.arbeidszorg.doubles.comparison import Comparison
from models.arbeidszorg.doubles.merging import Merge
from models.arbeidszorg.doubles.undoing import one_of, undo
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register.finding import find_client
from models.errors import Refused, Stale
from models.paging import PAGE_SIZE, shown_page
from views.arbeidszorg.organisation import client_page, merge_form
from views.arbeidszorg.organisation.clients import own_client
from views.arbeidszorg.withdrawn import period_label
from views.shell import filters, pages, paging
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm
from views.shell.messages import message

blueprint = Blueprint("doubles", __name__)

CHANGED = ("Een collega, of jij in een ander venster, wijzigde intussen een van beide. Er is niets samengevoegd. "
           "Vergelijk ze opnieuw: wat je koos en nog kan, is aangeduid.")


@blueprint.get("/doubles")
@open_to("arbeidszorg:organisation")
def index():
    """List the groups of own clients that look alike."""
    groups = finding.groups(signed_in().organisation_id)
    page, last = shown_page(request.args.get("page", 1, type=int), len(groups))
    first = (page - 1) * PAGE_SIZE
    shown = [[(double.number, client_page.label_of(double.number, *(double.old_numbers or [None])), double.name)
              for double in group] for group in groups[first:first + PAGE_SIZE]]
    return pages.render(
        "arbeidszorg/organisation/doubles/index.html", "arbeidszorg/organisation/doubles/_groups.html",
        groups=shown,
        shown="1 groep" if len(groups) == 1 else f"{filters.number(len(groups))} groepen",
        **paging.links(url_for("doubles.index"), page, last))


@blueprint.route("/clients/<int:number>/doubles", methods=["GET", "POST"])
@open_to("arbeidszorg:organisation")
def choose(number):
    """Ask with which other client to compare this one: a likely double, or any number of the own organisation."""
    client = own_client(number)
    form = merge_form.OtherForm()
    if form.validate_on_submit():
        other = find_client(client.organisation_id, form.other.data, but=number)
        if other:
            return redirect(url_for("doubles.merge", number=number, other=other.number), 303)
        form.refuse("other", Refused(ArbeidszorgCode.OTHER_NUMBER))
    return pages.render(
        "arbeidszorg/organisation/doubles/choose.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        number=number,
        label=client_page.label(client),
        likely=client_page.likely(client),
    )


@blueprint.route("/clients/<int:number>/merge/<int:other>", methods=["GET", "POST"])
@open_to("arbeidszorg:organisation")
def merge(number, other):
    """Show two own clients side by side, and merge them as was decided; 409 if one changed meanwhile."""
    client, second = own_client(number), own_client(other)
    compared = Comparison.of(client.organisation_id, client.number, second.number) or abort(404)
    form = merge_form.merge_form(compared)
    if not form.validate_on_submit():
        # A form that lacks a difference was made before somebody added it.
        stale = form.is_submitted() and form.seen.data != compared.seen
        return _page(compared, form, 409 if stale else 422 if form.is_submitted() else 200)
    try:
        merged = Merge.make(client.organisation_id, number, other, form.decisions(), signed_in())
    except Stale as stale:
        return _page(stale.context["current"], merge_form.merge_form(stale.context["current"]), 409)
    except Refused as refused:
        if refused.code == ArbeidszorgCode.CLIENT_GONE:
            abort(404)
        _show_refusal(form, refused)
        return _page(compared, form, 422)
    flash(f"Cliënt {merged.merged_number} is samengevoegd met cliënt {merged.kept_number}. "
          f"Je kan dat ongedaan maken tot {filters.moment(merged.ends_at)}.", "success")
    return redirect(url_for("clients.show", number=merged.kept_number), 303)


def _show_refusal(form, refused):
    fields = {ArbeidszorgCode.MERGE_NAME: "name", ArbeidszorgCode.BEFORE_BIRTH: "answer_birth_date"}
    field = fields.get(refused.code)
    form.refuse(field if field in form else None, refused)


def _page(compared, form, status):
    form.seen.data, form.seen.raw_data = compared.seen, None
    labels = {one.client.number: client_page.label(one.client) for one in compared.both}
    clashing = {period.id for group in compared.clashes for period in group}
    return pages.render(
        "arbeidszorg/organisation/doubles/merge.html",
        status=status,
        form=form,
        changed=CHANGED if status == 409 else None,
        number=compared.numbers[0],
        labels=list(labels.values()),
        rows=merge_form.rows(compared, form),
        clashes=[(f"{merge_form.CLASH}{group[0].id}", merge_form.period_rows(group, labels))
                 for group in compared.clashes],
        others=merge_form.period_rows(
            [period for one in compared.both for period in one.periods if period.id not in clashing], labels),
    )


@blueprint.route("/clients/<int:number>/merges/<int:merge_id>/undo", methods=["GET", "POST"])
@open_to("arbeidszorg:organisation")
def undo_merge(number, merge_id):
    """Ask whether to undo a merge, and undo it; 404 if it never was, or can no longer be undone."""
    client = own_client(number)
    found = one_of(client, merge_id)
    form = BaseForm()
    if form.validate_on_submit():
        if found is None:
            return pages.back_to("clients.show", "Dit samenvoegen was al ongedaan gemaakt, of het kan niet meer.",
                                 number=number)
        try:
            undo(found, signed_in())
        except Refused as refused:
            _show_undo_refused(form, refused)
        else:
            return pages.back_to("clients.show", f"Het samenvoegen is ongedaan gemaakt: cliënt {found.merged_number} "
                                                 "is er weer.", number=number)
    return pages.render(
        "arbeidszorg/organisation/doubles/undo.html",
        status=422 if form.errors else 200,
        form=form,
        merge=found or abort(404),
        label=client_page.label(client),
    )


def _show_undo_refused(form, refused):
    if refused.code == ArbeidszorgCode.CLIENT_GONE:
        abort(404)
    more = {"period": period_label(refused.context["period"])} if "period" in refused.context else {}
    form.form_errors.append(message(refused, **more))
