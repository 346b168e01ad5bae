"""What kind of device a browser says it is: enough for colleagues to recognise it."""

# In this order: Edge and Opera also say that they are Chrome, and Chrome that it is Safari.
BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox", "FxiOS": "Firefox",
    "Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS X": "Mac",
    "CrOS": "Chromebook", "Linux": "Linux",
}


def device(user_agent):
    """'Firefox op Windows', from what the browser calls itself."""
    browser = _first(BROWSERS, user_agent) or "Onbekende browser"
    system = _first(SYSTEMS, user_agent)
    return f"{browser} op {system}" if system else browser


def _first(names, user_agent):
    return next((name for sign, name in names.items() if sign in user_agent), None)
