"""How dates, moments and numbers read in a template: in Dutch, and nothing where there is nothing."""
from models.days import local


def init_app(app):
    app.jinja_env.filters.update(
        day=day, moment=moment, hours=hours, number=number, percentage=percentage, signed=signed)


def day(date):
    """03/06/2024"""
    if not date:
        return ""
    text = date.isoformat()
    return f"{text[8:10]}/{text[5:7]}/{text[:4]}"


def moment(utc):
    """03/06/2024 14:05, in Flanders; moments are stored in UTC, without a zone."""
    if utc is None:
        return ""
    shown = local(utc)
    return f"{day(shown)} {shown:%H:%M}"


def hours(decimal):
    """12,5"""
    if decimal is None:
        return ""
    text = f"{decimal:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def number(whole):
    """1.234"""
    return "" if whole is None else f"{whole:,}".replace(",", ".")


def percentage(decimal):
    """17,6 %, of which the space never ends a line."""
    return "" if decimal is None else f"{decimal:f}\u00a0%".replace(".", ",")


def signed(decimal):
    """+1,2 or −0,4; 0,0 has no sign."""
    if decimal is None:
        return ""
    sign = "+" if decimal > 0 else "−" if decimal < 0 else ""
    return f"{sign}{abs(decimal):f}".replace(".", ",")
