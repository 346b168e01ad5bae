"""The site lists the editions of the yearly report that everybody may read."""
from models.site.moment import watch


def up(migrator, db):
    watch(db, "public_edition")
