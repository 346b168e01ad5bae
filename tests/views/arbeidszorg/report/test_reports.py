"""'Jaarrapport': the requested report, its page, and its pictures as files."""
import datetime
from dataclasses import replace

import pytest

from models.arbeidszorg.report.report import FLANDERS, Report
from tests.factories import client_of, period_of
from tests.models.arbeidszorg.report.sample_report import GENDER, SERIES, sample, shown
from tests.page import text_of
from views.shell import progress

THIS_DAY = datetime.datetime(2026, 6, 16, 10, 0)  # noqa: DTZ001 - the clock makes it UTC


@pytest.fixture(autouse=True)
def _clock(clock):
    clock(THIS_DAY)


@pytest.fixture
def guided(ploeg):
    """A client of De Ploeg, guided from 2024 until today."""
    period_of(client_of(ploeg), ploeg, datetime.date(2024, 3, 1))


@pytest.fixture
def made(guided, monkeypatch):
    """Makes each report the sample; returns the list of (year, scope) that were requested."""
    requested = []
    monkeypatch.setattr(
        Report, "make", lambda year, scope, day, on_progress=None: requested.append((year, scope)) or sample())
    return requested


def test_the_default_report_is_of_the_last_complete_year_and_the_own_province(administration, made):
    soup = administration.get("/province/report")
    assert made == [(2025, "oost-vlaanderen")]
    assert soup.h1.get_text() == "Jaarrapport 2025: Oost-Vlaanderen"
    assert [text_of(one) for one in soup.select("select[name=year] option")] == ["2026", "2025", "2024"]
    assert [one["value"] for one in soup.select("select[name=scope] option")] == ["oost-vlaanderen", FLANDERS]
    assert soup.select_one("nav [aria-current]").get_text() == "Jaarrapport"


def test_the_first_year_of_a_register_is_shown_before_it_is_complete(administration, ploeg, monkeypatch):
    period_of(client_of(ploeg), ploeg, datetime.date(2026, 3, 1))
    assert "Jaarrapport 2026" in administration.get("/province/report").h1.get_text()


def test_another_year_and_flanders_are_chosen_by_the_address(administration, made):
    soup = administration.get("/province/report?year=2024&scope=vlaanderen")
    assert made == [(2024, FLANDERS)]
    chosen = [one["value"] if one.has_attr("value") else one.get_text() for one in soup.select("option[selected]")]
    assert chosen == ["2024", FLANDERS]


@pytest.mark.parametrize("query", ["scope=limburg", "scope=x", "year=2023", "year=2027", "year=abc", "year=02025"])
def test_a_year_or_scope_that_cannot_be_chosen_is_a_404(administration, made, query):
    for path in ("/province/report", "/province/report/2-gender.svg"):
        assert administration.browser.get(f"{path}?{query}").status_code == 404
    assert made == []


def test_the_page_shows_its_dates_its_facts_and_how_it_was_counted(administration, made):
    soup = administration.get("/province/report")
    facts = dict(zip(map(text_of, soup.select("dt")), map(text_of, soup.select("dd")), strict=True))
    assert facts == {
        "Referentiedatum": "16/06/2026 01:30: toen is dit rapport opgemaakt",
        "Antwoorden en leeftijd": "zoals ze waren op 31/12/2025",
        "Actieve arbeidszorgmedewerkers": "1.000 (in 2024: 900)",
        "Stopzettingen": "0 (in 2024: *)",
        "Gemiddelde leeftijd": "43,0 jaar",
        "Onvolledige registraties": "12 (1,2 %)",
        "Getoonde aantallen": "14 van de 18 (77,8 %)",
    }
    said = text_of(soup.select_one("[aria-labelledby=hoe-geteld]"))
    assert "31/12/2025" in said
    assert "In 2025 waren er" in text_of(soup.select_one("[aria-labelledby=hoofdstuk-2]"))
    assert [text_of(one) for one in soup.select(".part > h2")][:5] == [
        "1. Initiatieven", "2. Actieve arbeidszorgmedewerkers", "3. Stopzettingen", "4. Verschillen met 2024",
        "5. Conclusies"]


def test_a_running_year_says_so_and_changes_link_to_how_they_were_tested(administration, made, monkeypatch):
    assert "loopt nog" not in text_of(administration.get("/province/report").select_one(".facts"))
    monkeypatch.setattr(Report, "make", lambda *_: sample(reference_day=datetime.date(2025, 6, 16)))
    soup = administration.get("/province/report")
    assert "zoals ze waren op 16/06/2025; 2025 loopt nog" in text_of(soup.select_one(".facts"))
    assert soup.find(id="verschillen").find_next("a")["href"] == "#hoe-geteld"


def rows_of(soup, code, number=0):
    table = soup.find(id=f"tabel-{code}").parent.select("table")[number]
    return [[text_of(cell) for cell in row.select("th, td")] for row in table.select("tr")]


def test_each_table_is_below_its_picture_with_a_mark_for_hidden_counts(administration, made):
    soup = administration.get("/province/report")
    assert rows_of(soup, "2-gender") == [
        ["Geslacht", "Aantal", "Aandeel"], ["Vrouw", "704", "70,4 %"], ["Man", "*", ""], ["=X()", "*", ""],
        ["Totaal", "1.000", "100,0 %"]]
    assert rows_of(soup, "3-gender-by-situation")[1] == ["Vrouw", "600 85,2 %", "704 100,0 %"]
    assert rows_of(soup, "4-gender") == [
        ["Geslacht", "2024", "2025", "Verschil in procentpunten"],
        ["Vrouw", "600 66,7 %", "704 70,4 %", "+3,7 groter dan toeval"], ["Man", "290 32,2 %", "*", "*"],
        ["Totaal", "900 100,0 %", "1.000 100,0 %", ""]]
    assert rows_of(soup, "4-series") == [["Door de jaren", "2024", "2025"], ["Medewerkers", "900", "1.000"],
                                         ["Stopzettingen", "*", "0"]]
    for code in ("2-gender", "3-gender-by-situation", "4-gender", "4-series"):
        assert soup.find(id=f"tabel-{code}").parent.select("svg[role=img] > title"), code


def test_a_table_is_folded_below_its_picture_and_open_without_a_picture(administration, made, monkeypatch):
    nothing = replace(GENDER, code="2-nothing", rows=[replace(row, cells=(shown(0),)) for row in GENDER.rows])
    monkeypatch.setattr(Report, "make", lambda *_: sample(tables=(GENDER, nothing)))
    folds = administration.get("/province/report").select(".counted details")
    assert [(text_of(fold.summary), fold.has_attr("open"), bool(fold.table.caption)) for fold in folds] == [
        ("Toon de cijfers : Geslacht", False, True), ("Toon de cijfers : Geslacht", True, True)]


def test_figures_for_each_variable_are_folded_together_below_their_heading(administration, made):
    soup = administration.get("/province/report")
    groups = [(text_of(group.find_previous("h3")), text_of(group.summary), len(group.select("h4")))
              for group in soup.select("details.group")]
    assert groups == [
        ("Wie bleef en wie stopte, per kenmerk", "Toon de figuur", 1),
        ("Verschil met 2024, per kenmerk",
         "Toon het verschil, met een verandering die groter is dan toeval", 1)]


def test_the_contents_link_to_each_chapter_and_offer_each_figure_of_a_variable(administration, made):
    contents = administration.get("/province/report").select_one("nav.contents")
    links = [link["href"] for link in contents.select("a[href^='#']")]
    assert links == ["#hoofdstuk-1", "#hoofdstuk-2", "#hoofdstuk-3", "#situatie", "#hoofdstuk-4", "#verschillen",
                     "#hoofdstuk-5", "#hoe-geteld"]
    assert [(option.parent["label"], text_of(option), option["value"]) for option in contents.select("option")] == [
        ("Verdeling", "Geslacht", "2-gender"), ("Wie bleef, wie stopte", "Geslacht", "3-gender-by-situation"),
        ("Verschil", "Geslacht", "4-gender")]


def test_a_figure_is_chosen_without_javascript(administration, made):
    form = administration.get("/province/report?year=2024&scope=vlaanderen").select_one("form:has([name=to])")
    address = form["action"] + "?" + "&".join(f"{one['name']}={one['value']}" for one in form.select("input"))
    administration.get(f"{address}&to=3-gender-by-situation", 303)
    assert administration.response.location == (
        "/province/report?year=2024&scope=vlaanderen#tabel-3-gender-by-situation")
    assert administration.get(f"{address}&to=//elders.voorbeeld.be").h1


def test_each_figure_that_is_offered_has_its_place(administration, guided):
    soup = administration.get("/province/report?year=2026&scope=vlaanderen")
    offered = [f"tabel-{option['value']}" for option in soup.select("select[name=to] option")]
    assert len(offered) > 40
    assert [place for place in offered if not soup.find(id=place)] == []


def test_each_link_within_the_page_has_a_target(administration, guided):
    soup = administration.get("/province/report?year=2026&scope=vlaanderen")
    links = soup.select("main a[href^='#']")
    assert len(links) > 10
    assert [link["href"] for link in links if not soup.find(id=link["href"][1:])] == []


def test_a_link_unfolds_everything_and_folds_it_again(administration, made):
    link = administration.get("/province/report?year=2024").select_one(".unfold a")
    soup = administration.get(link["href"])
    assert made[-1] == (2024, "oost-vlaanderen")
    assert soup.select("details[open]") == soup.select("details") != []
    folded = administration.get(soup.select_one(".unfold a")["href"])
    assert not folded.select("details[open]")


def test_a_table_by_province_is_folded_below_its_variable(administration, made, monkeypatch):
    by_province = replace(GENDER, code="2-gender-by-province", title="Geslacht per provincie", picture=None)
    monkeypatch.setattr(Report, "make", lambda *_: sample(tables=(GENDER, by_province)))
    soup = administration.get("/province/report")
    [figure] = soup.select(".counted")
    assert [text_of(one) for one in figure.select("summary")] == [
        "Toon de cijfers : Geslacht", "Toon per provincie : Geslacht"]
    assert figure.find(id="tabel-2-gender-by-province").caption.get_text() == "Geslacht per provincie"


def test_many_years_are_split_over_tables_of_equal_size(administration, made, monkeypatch):
    years = tuple(replace(SERIES.rows[0], code=str(year), label=str(year)) for year in range(2012, 2026))
    report = sample(tables=(replace(SERIES, rows=years),))
    monkeypatch.setattr(Report, "make", lambda *_: report)
    soup = administration.get("/province/report")
    assert [rows_of(soup, "4-series", place)[0][1:] for place in (0, 1)] == [
        [str(year) for year in range(2012, 2019)], [str(year) for year in range(2019, 2026)]]
    assert [text_of(one) for one in soup.select(".counted caption")] == [
        "Door de jaren, 2012–2018", "Door de jaren, 2019–2025"]


def test_a_picture_can_be_downloaded(administration, made):
    link = administration.get("/province/report?year=2024&scope=vlaanderen").select_one(".files a")
    administration.get(link["href"])
    answer = administration.response
    assert made[-1] == (2024, FLANDERS)
    assert answer.content_type == "image/svg+xml; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="loket-jaarrapport-2025-limburg-2-gender.svg"'
    assert "Opgemaakt op 16/06/2026 01:30" in answer.text
    changes = administration.browser.get("/province/report/4-gender.svg").text
    # Once above the picture, and once in its title.
    assert changes.count("Geslacht: verschil tussen 2024 en 2025, in procentpunten") == 2


def test_a_picture_of_a_missing_or_empty_table_is_a_404(administration, made, monkeypatch):
    assert administration.browser.get("/province/report/2-nothing.svg").status_code == 404
    empty = replace(SERIES, rows=SERIES.rows[:1])
    monkeypatch.setattr(Report, "make", lambda *_: sample(tables=(empty,)))
    assert administration.browser.get("/province/report/4-series.svg").status_code == 404
    assert not administration.get("/province/report").select(".files")


def test_a_year_without_clients_says_so(administration, made, monkeypatch):
    monkeypatch.setattr(Report, "make", lambda *_: sample(clients=sample().clients._replace(now=shown(0))))
    soup = administration.get("/province/report")
    assert text_of(soup.select_one(".empty")) == "In 2025 werd in Limburg niemand begeleid."
    assert not soup.select("table, svg")


def test_an_empty_register_says_so_and_shows_no_form(administration, monkeypatch):
    monkeypatch.setattr(Report, "make", lambda *_: pytest.fail("made a report of nothing"))
    soup = administration.get("/province/report")
    assert "nog geen begeleidingsperiode" in text_of(soup.select_one(".empty"))
    assert not soup.select("main form")
    assert administration.browser.get("/province/report/2-gender.svg").status_code == 404


def test_a_report_is_made_from_the_register(administration, guided):
    soup = administration.get("/province/report?year=2026")
    assert "Actieve arbeidszorgmedewerkers *" in text_of(soup.select_one("dl"))


def test_a_slow_report_comes_in_pieces_that_make_the_same_page(administration, made, monkeypatch):
    at_once = administration.get("/province/report").select_one(".report")
    monkeypatch.setattr(progress.Work, "is_done", lambda self, within, seen=[]: len(seen) > 2 or seen.append(within))
    soup = administration.get("/province/report")
    assert soup.select_one(".report") == at_once
    assert text_of(soup.select_one(".far[role=status]")).startswith("Bezig met tellen… Bezig met tellen: 0 %")
    assert progress.PATIENCE == 1


def test_a_report_that_fails_at_once_gives_an_error_page(administration, guided, monkeypatch, app):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(Report, "make", lambda *_: 1 / 0)
    assert administration.browser.get("/province/report").status_code == 500
