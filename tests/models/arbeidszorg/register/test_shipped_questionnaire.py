"""The questionnaire that Loket ships, question by question: the one test that a change in that file has to change too.

The rest is tested with tests/questionnaire.toml.
"""
from models.arbeidszorg.register import questionnaire

# Each chapter with its questions in order: code to the label, the heading above a column and the options in order.
CHAPTERS = {
    "Algemeen": {
        "birth_date": ("Geboortedatum", "Geboortedatum", {
            "unknown": "Onbekend",
        }),
        "gender": ("Geslacht", "Geslacht", {
            "female": "Vrouw",
            "male": "Man",
            "x": "X",
            "unknown": "Onbekend",
        }),
        "marital_status": ("Burgerlijke staat", "Burgerlijke staat", {
            "unmarried": "Ongehuwd",
            "married": "Gehuwd",
            "legally-cohabiting": "Wettelijk samenwonend",
            "cohabiting": "Feitelijk samenwonend",
            "divorced": "Gescheiden",
            "widowed": "Weduwe of weduwnaar",
            "unknown": "Onbekend",
        }),
        "home_postcode": ("Postcode woonplaats", "Postcode woonplaats", {
            "unknown": "Onbekend",
            "none": "Geen vaste woonplaats",
            "abroad": "Buiten België",
        }),
        "work_postcode": ("Postcode tewerkstelling", "Postcode werkplaats", {
            "unknown": "Onbekend",
        }),
    },
    "Persoonsgebonden gegevens / Beroepsverleden / werkervaring": {
        "main_problem": ("Hoofdproblematiek", "Hoofdproblematiek", {
            "psychological": "Psychische problematiek",
            "psychiatric": "Psychiatrische problematiek",
            "intellectual": "Verstandelijke beperking",
            "physical": "Fysieke of medische problematiek",
            "brain-injury": "Niet-aangeboren hersenletsel",
            "autism": "Autismespectrumstoornis",
            "addiction": "Verslavingsproblematiek",
            "social": "Sociale problematiek",
            "judicial": "Justitieel",
            "other": "Andere",
            "unknown": "Onbekend",
        }),
        "living_situation": ("Leefsituatie", "Leefsituatie", {
            "alone": "Alleenwonend zonder kinderen",
            "alone-children": "Alleenwonend met kinderen",
            "partner": "Samenwonend met partner zonder kinderen",
            "partner-children": "Samenwonend met partner en kinderen",
            "parents": "Inwonend bij ouder(s)",
            "family": "Inwonend bij familie of anderen",
            "sheltered": "Beschut of begeleid wonen",
            "facility": "In een voorziening",
            "homeless": "Dak- of thuisloos",
            "unknown": "Onbekend",
        }),
        "education": ("Onderwijsniveau", "Onderwijsniveau", {
            "none": "Geen of onvolledig lager onderwijs",
            "primary": "Lager onderwijs",
            "special-secondary": "Buitengewoon secundair onderwijs",
            "lower-secondary": "Lager secundair onderwijs (algemeen, technisch, beroeps of kunst)",
            "upper-secondary": "Hoger secundair onderwijs (algemeen, technisch, beroeps of kunst)",
            "higher": "Hoger onderwijs",
            "unknown": "Onbekend",
        }),
    },
    "Verwijzer": {
        "referrer": ("Belangrijkste verwijzer", "Belangrijkste verwijzer", {
            "employment": "Arbeidsgerichte organisatie (GTB, VDAB, vakbond, ...)",
            "ocmw": "OCMW",
            "mental-health": "Geestelijke gezondheidszorg",
            "disability-facility": "Voorziening voor personen met een handicap",
            "caw": "CAW",
            "health": "Ziekenfonds of arts",
            "justice": "Justitie",
            "education": "Onderwijs",
            "family": "Familie of kennissen",
            "self": "Op eigen vraag",
            "other": "Andere",
            "unknown": "Onbekend",
        }),
        "income": ("Welk hoofdinkomen geniet de arbeidszorgmedewerker?", "Hoofdinkomen", {
            "sickness": "Ziekte- of invaliditeitsuitkering",
            "disability-allowance": "Inkomensvervangende tegemoetkoming",
            "living-wage": "Leefloon",
            "unemployment": "Werkloosheidsuitkering",
            "pension": "Pensioen",
            "none": "Geen inkomen",
            "other": "Andere",
            "unknown": "Onbekend",
        }),
        "compensation": ("Krijgt de medewerker een vergoeding van het initiatief?", "Vergoeding", {
            "none": "Neen",
            "expenses": "Ja, onkostenvergoeding",
            "other": "Ja, andere vergoeding",
            "unknown": "Onbekend",
        }),
        "paid_work": ("Heeft de persoon ooit gewerkt in het bezoldigde circuit?", "Bezoldigd circuit", {
            "no": "Neen",
            "regular": "Ja, in het reguliere circuit",
            "sheltered": (
                "Ja, in het beschermd circuit (maatwerkbedrijf, Tijdelijke WerkErvaring, "
                "wijk-werken, Lokale DienstenEconomie)"),
            "unknown": "Onbekend",
        }),
        "subsidy": ("Ontvangt de organisatie een subsidie voor de begeleiding van de medewerker?", "Subsidie", {
            "ama-wse": "Ja, AMA sociale economie (WSE)",
            "ama-wvg": "Ja, AMA welzijn (WVG)",
            "other": "Ja, andere",
            "no": "Neen",
            "unknown": "Onbekend",
        }),
        "agreement": ("Onder welke overeenkomst gebeurt de arbeidszorg?", "Overeenkomst", {
            "arbeidszorg": "Arbeidszorgovereenkomst",
            "volunteer": "Vrijwilligersovereenkomst",
            "supported": "Overeenkomst begeleid werken",
            "none": "Geen overeenkomst",
            "other": "Andere",
            "unknown": "Onbekend",
        }),
        "method": ("Via welke methodiek wordt de arbeidszorgmedewerker tewerkgesteld?", "Methodiek", {
            "group-internal": "Groepswerk intern",
            "individual-internal": "Individueel intern werk",
            "individual-external": "Individueel extern werk",
            "group-external": "Groepswerk extern",
            "unknown": "Onbekend",
        }),
    },
    "Stopzetting": {
        "closing_reason": ("Reden van stopzetting", "Reden van stopzetting", {
            "paid-work": "Doorstroom naar betaald werk",
            "training": "Opleiding of ander traject",
            "other-initiative": "Ander arbeidszorginitiatief",
            "health": "Gezondheidsredenen",
            "motivation": "Gebrek aan motivatie",
            "initiative-decision": "Beslissing van het initiatief",
            "move": "Verhuis",
            "pension": "Pensioen",
            "death": "Overlijden",
            "other": "Andere",
            "unknown": "Onbekend",
        }),
        "outlook": ("Perspectief na stopzetting", "Perspectief na stopzetting", {
            "higher": "Hogere trede",
            "same": "Zelfde trede",
            "lower": "Lagere trede",
            "unknown": "Onbekend",
        }),
    },
}
# The questions that are typed: their kind, and the heading for administrators. Every other question is a choice.
TYPED = {
    "birth_date": ("date", "Geboortejaar"),
    "home_postcode": ("postcode", "Provincie woonplaats"),
    "work_postcode": ("postcode", "Provincie tewerkstelling"),
}
CLOSING = ("closing_reason", "outlook")


def test_the_shipped_file_asks_these_questions_with_these_options_in_this_order():
    expected = [
        (chapter, code, label, column, *TYPED.get(code, ("choice", "")), "period" if code in CLOSING else "client",
         [(option, words, False) for option, words in options.items()])
        for chapter, questions in CHAPTERS.items() for code, (label, column, options) in questions.items()]
    assert [
        (question.chapter, question.code, question.label, question.column, question.kind, question.reduced,
         question.about, [(option.code, option.label, option.retired) for option in question.options])
        for question in questionnaire.load().questions] == expected
