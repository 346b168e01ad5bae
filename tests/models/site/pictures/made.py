"""A picture that is kept, for tests and walks that need one."""
from models.site.pictures.pictures import pictures_of, store_picture, uploaded
from tests.models.site.pictures import files

WORDS = "Twee mensen planten sla in een moestuin."


def a_picture(content=files.JPEG, words=WORDS):
    """Keep a picture, by default one of a single width."""
    return store_picture(uploaded(content, words, True))


def digest_of(picture):
    """The digest of the widest file of a picture."""
    return pictures_of([picture.id])[picture.id].files[-1][1]
