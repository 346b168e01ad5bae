"""Names a device by its browser and system, so that colleagues recognise it in a list of sessions."""

# In this order: Edge and Opera also contain 'Chrome', and Chrome also contains 'Safari'.
BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox", "FxiOS": "Firefox",
    "Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS X": "Mac",
    "CrOS": "Chromebook", "Linux": "Linux",
}


def device(user_agent):
    """A User-Agent header as text such as 'Firefox op Windows'."""
    browser = _first(BROWSERS, user_agent) or "Onbekende browser"
    system = _first(SYSTEMS, user_agent)
    return f"{browser} op {system}" if system else browser


def _first(names, user_agent):
    return next((name for sign, name in names.items() if sign in user_agent), None)
