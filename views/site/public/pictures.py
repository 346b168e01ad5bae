"""The pictures of the public pages: each at an address of its content, so that a browser asks for it once."""
from flask import Blueprint, abort, make_response, request

from models.site.pictures.pictures import picture_content
from views.shell import security
from views.shell.access import open_to

blueprint = Blueprint("public_pictures", __name__)

FOR_EVER = "public, max-age=31536000, immutable"


@blueprint.get("/beelden/<picture>.webp")
@open_to("anyone")
def show(picture):
    """Send a picture in one width."""
    content = picture_content(picture)
    if content is None:
        abort(404)
    request.environ[security.CACHING] = FOR_EVER
    answer = make_response(content)
    answer.headers["Content-Type"] = "image/webp"
    answer.headers["Content-Disposition"] = f'inline; filename="{picture}.webp"'
    answer.set_etag(picture)
    return answer.make_conditional(request)
