"""Pressing a button on a page with several forms."""


def press(page, path, fields=None, status=303):
    """Post these fields to an address that has no page of its own; returns the soup of the answer."""
    token = page.form_of("/account/password")["csrf_token"]
    return page.post(path, {"csrf_token": token, **(fields or {})}, status, token=False)
