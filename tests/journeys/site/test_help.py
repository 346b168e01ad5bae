"""The pictures of the help show the pages as they are, and a visitor finds an answer by keyboard."""
from models.site.help.topics import sizes
from tests.journeys.scenes.all import SCENES
from tests.journeys.screenshots import visit
from tests.journeys.tools.help_pictures import frame, illustrated


def test_the_words_on_each_picture_are_those_of_the_page(browser, register):
    """After a change of a page that is on a picture: `make help-pictures`."""
    shown = {}

    def compare(page, scene):
        for topic in illustrated()[scene]:
            clip, words = frame(page, topic.picture)
            shown[topic.slug] = (clip["width"], tuple(words))

    visit(browser, [scene for scene in SCENES if scene.name in illustrated()], compare)
    kept = {slug: (size.width, size.words) for slug, size in sizes().items()}
    assert shown == kept


def test_a_visitor_searches_the_help_and_reads_the_answer_by_keyboard(new_window):
    window = new_window()
    page = window.page
    window.go("/hulp")
    page.get_by_label("Zoek in de hulp").focus()
    page.keyboard.type("verwijderen")
    page.get_by_role("heading", name="over ‘verwijderen’").wait_for()
    assert window.path == "/hulp?q=verwijderen"
    page.get_by_role("link", name="Hoe verwijder ik een cliënt?").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Hoe verwijder ik een cliënt?").wait_for()
    assert window.path == "/hulp/client-verwijderen"


def test_a_visitor_searches_without_a_script(new_window):
    window = new_window(java_script_enabled=False)
    page = window.page
    window.go("/hulp")
    page.get_by_label("Zoek in de hulp").fill("inloggen")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_role("link", name="Hoe meld ik me aan?").click()
    assert page.locator(".help-steps li").count() == 3


def test_the_words_below_a_picture_do_not_move_when_it_comes(new_window):
    window = new_window()
    page = window.page
    window.go("/hulp/aanmelden")
    below = page.locator("figcaption")
    page.locator("figure img").evaluate("image => image.loading === 'lazy' && image.scrollIntoView()")
    page.wait_for_function("document.querySelector('figure img').complete")
    with_it = below.evaluate("one => one.offsetTop")
    page.locator("figure img").evaluate("image => image.src = 'data:,'")
    assert below.evaluate("one => one.offsetTop") == with_it
