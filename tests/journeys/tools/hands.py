"""How somebody works on a page: with a mouse, or with the keyboard alone. Both do the same three things."""
# In one question, for the keyboard asks it at each stop.
FOCUS = """wanted => {
    const element = document.activeElement, style = getComputedStyle(element), place = element.getBoundingClientRect();
    const shown = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    return {reached: element === wanted, nowhere: element === document.body,
        what: element.outerHTML.slice(0, 120), shown, onScreen: place.width > 0 && place.bottom > 0
        && place.top < innerHeight && place.right > 0 && place.left < innerWidth};
}"""
FURTHEST = 90


class Mouse:
    def __init__(self, page):
        self.page = page

    def press(self, locator):
        """A link or a button."""
        locator.click()

    def fill(self, locator, text):
        """A text field."""
        locator.fill(text)

    def choose(self, locator, value):
        """An option of a list."""
        locator.select_option(value)


class Keyboard:
    """Tab to it, and each stop on the way must show that it has the focus."""

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

    def _go_to(self, locator):
        focus = locator.evaluate(FOCUS)
        for _ in range(FURTHEST):
            if focus["reached"]:
                return
            self.page.keyboard.press("Tab")
            focus = locator.evaluate(FOCUS)
            if not focus["nowhere"]:
                assert focus["shown"], focus
                assert focus["onScreen"], focus
        raise AssertionError(f"Tab does not reach {locator}")
