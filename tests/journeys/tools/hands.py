"""Two ways to use a page, with the same three methods: by mouse, or by keyboard only."""
# The state of the focused element, in one evaluation because Keyboard needs it at each stop.
FOCUS = """wanted => {
    const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
    const shown = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    return {reached: element === wanted, nowhere: element === document.body,
        what: element.outerHTML.slice(0, 120), shown, onScreen: box.width > 0 && box.bottom > 0
        && box.top < innerHeight && box.right > 0 && box.left < innerWidth};
}"""
# The most presses of Tab to reach an element.
MOST_STOPS = 90


class Mouse:
    """Uses a page by mouse."""

    def __init__(self, page):
        self.page = page

    def press(self, locator):
        """Click a link or a button."""
        locator.click()

    def fill(self, locator, text):
        """Type into a text field."""
        locator.fill(text)

    def choose(self, locator, value):
        """Choose an option of a list by its value."""
        locator.select_option(value)

    def tick(self, locator):
        """Choose a radio button."""
        locator.check()


class Keyboard:
    """Uses a page by keyboard: tabs to each element, and checks that each stop on the way shows its focus."""

    def __init__(self, page):
        self.page = page

    def press(self, locator):
        self._go_to(locator)
        self.page.keyboard.press("Enter")

    def fill(self, locator, text):
        self._go_to(locator)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, locator, value):
        self._go_to(locator)
        self.page.keyboard.press("Home")
        while locator.input_value() != value:
            before = locator.input_value()
            self.page.keyboard.press("ArrowDown")
            assert locator.input_value() != before, f"{value} is not in the list"

    def tick(self, locator):
        if locator.get_attribute("type") == "checkbox":
            self._go_to(locator)
            self.page.keyboard.press("Space")
            return
        self._go_to(locator.page.locator(f"[name={locator.get_attribute('name')}]").first)
        self.page.keyboard.press("Space")
        for _ in range(MOST_STOPS):
            if locator.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow reaches {locator}")

    def _go_to(self, locator):
        focus = locator.evaluate(FOCUS)
        for _ in range(MOST_STOPS):
            if focus["reached"]:
                return
            self.page.keyboard.press("Tab")
            focus = locator.evaluate(FOCUS)
            if not focus["nowhere"]:
                assert focus["shown"], focus
                assert focus["onScreen"], focus
        raise AssertionError(f"Tab does not reach {locator}")
