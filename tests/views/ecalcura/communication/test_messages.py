"""Messages about a calculation, at both sides."""
import pytest

from models import names
from models.ecalcura.communication import threads
from models.ecalcura.communication.threads import OF_DESK, OF_FACILITY, Message, Thread
from tests.hall import mails
from tests.models.ecalcura.calculations.made import a_half_financed, published
from tests.models.ecalcura.cast import facility
from tests.page import row_headers, text_of

DESK = "/ecalcura/desk/messages"
QUESTION = "Waarom tellen de uren van <oktober> niet mee?"


@pytest.fixture
def thread(home):
    """The thread of De Linde about a calculation that was published."""
    a_half_financed(home.facility)
    return Thread.about(home.facility, published("advance").id)


@pytest.fixture
def path(thread):
    mails()
    return f"/ecalcura/990001/calculations/{thread.calculation_id}/messages"


def shown(soup):
    return [text_of(one) for one in soup.select(".messages li")]


@pytest.mark.parametrize("who", ["privacy", "financial"])
def test_a_facility_asks_and_the_desk_answers(page, home, desk, thread, path, who):
    """The whole way: question, mail, read, answer, mail, read."""
    page.sign_in(getattr(home, who))
    result = page.get(path.removesuffix("/messages"))
    assert path in [link["href"] for link in result.select("a.button")]
    soup = page.get(path)
    assert "Voorschot voor trimester 1 (jul–sep 2026) nog geen bericht" in text_of(soup.main)
    page.post(path, {"text": QUESTION})
    soup = page.follow()
    assert "Je bericht is verstuurd." in text_of(soup)
    assert len(shown(soup)) == 1
    assert QUESTION in shown(soup)[0]
    [(recipient, _, body)] = mails()
    assert recipient == desk.dossier.email

    page.sign_in(desk.dossier)
    soup = page.get(DESK)
    assert "1 nieuw." in text_of(soup.main)
    assert "Woonzorgcentrum De Linde Voorschot voor trimester 1 (jul–sep 2026) nieuw" in text_of(soup.main)
    link = soup.select_one("tbody th a")["href"]
    assert link in body
    page.get(link)
    page.post(f"{link}/read", page.form_of(link), form=link)
    assert "gelezen" in text_of(page.follow().main)
    page.post(link, {"text": "Ze zijn niet vervangen."})
    soup = page.follow()
    assert "beantwoord" in text_of(soup.main)
    assert shown(soup)[1].startswith("dossier@voorbeeld.be")

    page.sign_in(getattr(home, who))
    soup = page.get("/ecalcura/990001")
    [todo] = [line for line in soup.select(".lines a") if "Lees het bericht" in text_of(line)]
    assert text_of(todo) == "Lees het bericht over een berekening: Voorschot voor trimester 1 (jul–sep 2026)"
    soup = page.get(todo["href"])
    assert shown(soup)[1].startswith("Departement Zorg")
    assert "dossier@" not in text_of(soup.main)
    page.post(f"{path}/read", form=path)
    page.follow()
    assert "Lees het bericht" not in text_of(page.get("/ecalcura/990001"))


def test_the_desk_writes_first_and_the_facility_answers(page, home, desk, thread, path):
    page.sign_in(desk.dossier)
    at = f"{DESK}/facilities/990001"
    assert at in [link["href"] for link in page.get("/ecalcura/desk/facilities/990001").select("main a")]
    soup = page.get(at)
    assert "Voorschot voor trimester 1 (jul–sep 2026) nog geen bericht –" in text_of(soup.main)
    link = soup.find("a", string="Nieuw bericht")["href"]
    assert "krijgt een mail" in text_of(page.get(link).main)
    values = page.form_of(link)
    for _ in range(2):
        page.post(link, {**values, "text": "Kijk de uren van juli na."}, token=False)
    assert len(shown(page.follow())) == 1
    assert {recipient for recipient, *_ in mails()} == {home.privacy.email, home.financial.email}
    for where in (DESK, at):
        assert "bericht verstuurd" in text_of(page.get(where).main)

    page.sign_in(home.privacy)
    assert "Lees het bericht over een berekening" in text_of(page.get("/ecalcura/990001").main)
    page.post(path, {"text": "Dat is nagekeken."})
    [(recipient, *_)] = mails()
    assert recipient == desk.dossier.email
    page.sign_in(desk.dossier)
    assert "1 nieuw." in text_of(page.get(DESK).main)


def test_without_a_published_calculation_the_desk_reads_how_to_write(page, home, desk):
    page.sign_in(desk.dossier)
    soup = page.get(f"{DESK}/facilities/990001")
    assert "nog geen berekening gepubliceerd" in text_of(soup.main)
    assert soup.select_one("main p a[href='/ecalcura/desk/contacts/facilities/990001']")
    page.get(f"{DESK}/facilities/990099", 404)


def test_a_wrong_text_says_why_and_is_kept(page, home, thread, path):
    page.sign_in(home.privacy)
    for text, message in (("", "Typ een bericht"), ("x" * 2001, "hoogstens 2.000 tekens"),
                          ("Over 57010100010", "Vul hier geen rijksregisternummer in.")):
        soup = page.post(path, {"text": text}, 422)
        assert message in text_of(soup.select_one("#text-error"))
        assert text_of(soup.select_one("#text")) == text
    names.use(None)
    soup = page.post(path, {"text": QUESTION}, 422)
    assert QUESTION in text_of(soup.select_one("#text"))
    assert not Message.select().exists()


def test_a_second_click_sends_one_message(page, home, thread, path):
    page.sign_in(home.privacy)
    form = {**page.form_of(path), "text": QUESTION}
    for _ in range(2):
        page.post(path, form, token=False)
        page.follow()
    assert Message.select().count() == 1


def test_an_answer_on_an_older_page_shows_the_new_message_and_keeps_the_text(page, home, desk, thread, path):
    threads.write(thread, QUESTION, 1, home.privacy, OF_FACILITY)
    link = f"{DESK}/{thread.id}"
    page.sign_in(desk.dossier)
    form = {**page.form_of(link), "text": "Ze zijn niet vervangen."}
    threads.write(thread, "En november?", 2, home.privacy, OF_FACILITY)
    soup = page.post(link, form, 409, token=False)
    assert "Intussen kwam er een bericht bij." in text_of(soup.main)
    assert "En november?" in shown(soup)[1]
    assert text_of(soup.select_one("#text")) == "Ze zijn niet vervangen."
    assert page.post(f"{link}/read", {"version": "2"}, 409, form=link)
    page.post(link, {"version": "3", "form_key": form["form_key"], "text": "Ze zijn niet vervangen."})
    assert Message.select().count() == 3


def test_a_thread_is_shown_to_its_own_facility_and_roles_alone(page, home, desk, thread, path):
    other = facility("990002", name="De Brug")
    a_half_financed(other, number=2)
    theirs = Thread.about(other, published("advance", number=2).id)
    threads.write(theirs, QUESTION, 1, home.privacy, OF_FACILITY)
    page.sign_in(home.privacy)
    for wrong in (f"/ecalcura/990001/calculations/{theirs.calculation_id}/messages",
                  f"/ecalcura/990002/calculations/{theirs.calculation_id}/messages",
                  "/ecalcura/990001/calculations/999/messages"):
        page.get(wrong, 404)
        page.post(wrong, {"text": QUESTION, "version": "1"}, 404, form=path)
    page.sign_in(home.ann)
    page.get(path, 403)
    page.sign_in(desk.dossier)
    page.get(f"{DESK}/{theirs.id + thread.id}", 404)
    assert row_headers(page.get(DESK)) == ["De Brug"]
    page.sign_in(desk.calculator)
    for closed in (DESK, f"{DESK}/{theirs.id}", path):
        page.get(closed, 403)
    assert "Berichten" not in text_of(page.get("/ecalcura/desk/facilities").header)


def test_other_questions_go_to_the_address_in_the_settings(page, home, thread, path, monkeypatch):
    page.sign_in(home.privacy)
    assert "Andere vragen?" not in text_of(page.get(path).main)
    monkeypatch.setitem(page.app.config, "ECALCURA_QUESTIONS", "ecalcura@voorbeeld.be")
    soup = page.get(path)
    assert soup.select_one("main a[href='mailto:ecalcura@voorbeeld.be']")


def test_the_text_of_a_message_is_in_no_mail_log_or_address(page, home, desk, thread, path, caplog):
    page.sign_in(home.privacy)
    page.post(path, {"text": "Over kanarie Zilverstaart"})
    page.follow()
    threads.write(thread, "Antwoord over kanarie", 2, desk.dossier, OF_DESK)
    page.get("/ecalcura/990001")
    assert "anarie" not in page.response.request.url + page.response.text + caplog.text + str(mails())


def test_messages_lead_to_the_calculation_and_at_the_desk_to_the_trimester(page, home, desk, thread, path):
    page.sign_in(home.privacy)
    assert page.get(path).select_one("a.back")["href"] == path.removesuffix("/messages")
    page.post(path, {"text": QUESTION})
    page.sign_in(desk.dossier)
    links = [one["href"] for one in page.get(f"{DESK}/{thread.id}").select("main p a")]
    assert links == [f"/ecalcura/desk/calculations/{thread.calculation_id}/facilities/990001",
                     "/ecalcura/desk/facilities/990001/trimesters/2026/1"]
    assert all(page.get(one) for one in links)
