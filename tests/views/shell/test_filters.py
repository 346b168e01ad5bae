import datetime
from decimal import Decimal

import jinja2
import pytest
from markupsafe import Markup

from views.shell.filters import day, exact, hours, moment, number, percentage, short, signed


@pytest.mark.parametrize(("show", "value", "text"), [
    (day, datetime.date(2024, 6, 3), "03/06/2024"),
    (day, datetime.date(987, 1, 2), "02/01/0987"),
    (moment, datetime.datetime(2024, 6, 3, 22, 5, 59), "04/06/2024 00:05"),  # noqa: DTZ001
    (moment, datetime.datetime(2024, 12, 31, 23, 30), "01/01/2025 00:30"),  # noqa: DTZ001
    (moment, datetime.datetime(2026, 3, 29, 1, 0), "29/03/2026 03:00"),  # noqa: DTZ001
    (hours, Decimal("12.5"), "12,5"),
    (hours, Decimal("12.50"), "12,5"),
    (hours, Decimal("15.25"), "15,25"),
    (hours, Decimal("12.00"), "12"),
    (hours, Decimal("60"), "60"),
    (hours, Decimal("0.05"), "0,05"),
    (hours, Decimal("6E+1"), "60"),
    (number, 0, "0"),
    (number, 1234567, "1.234.567"),
    (exact, Decimal("50000"), "50.000"),
    (exact, Decimal("1234.50"), "1.234,50"),
    (exact, Decimal("0.0200"), "0,0200"),
    (short, Decimal("1234.50"), "1.234,5"),
    (short, Decimal("5000.00"), "5.000"),
    (short, Decimal("100"), "100"),
    (percentage, Decimal("1234.5"), "1.234,5\u00a0%"),
    (signed, Decimal("1200"), "+1.200"),
    (signed, Decimal("-1200.5"), "−1.200,5"),
    (exact, None, ""), (short, None, ""), (day, None, ""), (moment, None, ""), (hours, None, ""), (number, None, ""),
])
def test_values_read_in_dutch(show, value, text):
    assert show(value) == text


def test_a_template_escapes_as_jinja_does_itself(app):
    class Page:
        def __html__(self):
            return "<p>&</p>"

    text = "{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{{ twice(value) }}{{ value }}{{ value ~ '<i>' }}"
    plain = jinja2.Environment(autoescape=True)
    for value in ("<b>'\"&", Markup("<b>"), Page(), 7, None):
        assert app.jinja_env.from_string(text).render(value=value) == plain.from_string(text).render(value=value)
