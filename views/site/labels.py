"""The labels of fields, for forms and for the log."""

INITIATIVE = {
    "doeners": "Pagina op doeners.be",
    "sentence": "Eén zin over jullie werk",
    "description": "Over jullie werk",
    "forms": "Werkvormen",
    "postcode": "Postcode",
    "municipality": "Gemeente",
    "address": "Straat en nummer",
    "opening_hours": "Openingsuren",
    "telephone": "Telefoon",
    "shows_telephone": "Toon het telefoonnummer op de site",
    "email": "E-mailadres",
    "shows_email": "Toon het e-mailadres op de site",
    "website": "Website",
    "contact_role": "Naar wie kan een bezoeker vragen?",
    "unwilling": "Toon onze organisatie niet op de site",
}
