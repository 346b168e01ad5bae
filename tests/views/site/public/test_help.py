"""'Hulp': questions, a search by words, and links from the pages where a question arises."""
from app import create_app
from tests.page import Page, text_of

DELETING = "/hulp/client-verwijderen"


def questions(soup):
    return [text_of(link) for link in soup.select(".help-questions a")]


def test_a_visitor_reads_every_question_in_the_part_for_whom_it_is(page):
    soup = page.get("/hulp")
    parts = {text_of(part.h2): questions(part) for part in soup.select(".help-part")}
    assert "Hoe voeg ik een cliënt toe?" in parts["Voor organisaties"]
    assert all(len(set(listed)) == len(listed) for listed in parts.values())


def test_an_answer_has_steps_with_the_words_of_the_screen_and_a_lazy_picture_of_it(page):
    soup = page.get(DELETING)
    assert text_of(soup.h1) == "Hoe verwijder ik een cliënt?"
    assert [text_of(word) for word in soup.select(".help-steps b")].count("‘Verwijdering aanvragen’") == 2
    [picture] = soup.select(".help-picture img")
    assert picture["loading"] == "lazy"
    assert int(picture["width"]) <= 1040
    with page.browser.get(picture["src"]) as answer:
        assert answer.content_type == "image/webp"


def test_words_in_the_address_find_questions_without_a_script(page):
    soup = page.get("/hulp?q=verkeerd+bestand")
    assert questions(soup) == ["Ik importeerde een verkeerd bestand. Hoe draai ik dat terug?"]
    assert soup.select_one("#q")["value"] == "verkeerd bestand"
    assert questions(page.partial("/hulp?q=verkeerd+bestand")) == questions(soup)


def test_words_that_find_nothing_are_said_and_all_questions_stay(page):
    soup = page.get("/hulp?q=<b>zeppelin")
    assert "Geen vraag over ‘<b>zeppelin’" in text_of(soup.select_one("#list"))
    assert len(questions(soup)) > 40


def test_a_question_that_is_not_there_is_a_404(page):
    page.get("/hulp/niets", 404)


def test_the_sign_in_page_leads_to_the_answer_in_a_new_tab(page):
    link = page.get("/login").select_one(".help-link a")
    assert (link["href"], link["target"], link["rel"]) == ("/hulp/aanmelden", "_blank", ["noopener"])
    assert "Hoe meld ik me aan?" in text_of(link)


def test_without_the_site_no_page_leads_to_the_help(tmp_path, database_url):
    app = create_app({"DATABASE_URL": database_url, "DATA_DIR": tmp_path / "data", "KEY_DIR": tmp_path / "keys",
                      "WINGS": ("arbeidszorg",)})
    app.testing = True
    assert Page(app).get("/login").select(".help-link") == []


def test_the_help_has_only_questions_of_wings_that_are_on(tmp_path, database_url):
    app = create_app({"DATABASE_URL": database_url, "DATA_DIR": tmp_path / "data", "KEY_DIR": tmp_path / "keys",
                      "WINGS": ("site",)})
    app.testing = True
    listed = questions(Page(app).get("/hulp"))
    assert "Hoe meld ik me aan?" in listed
    assert "Hoe voeg ik een cliënt toe?" not in listed
    Page(app).get(DELETING, 404)
