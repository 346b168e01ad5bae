"""Writes the four files of RaaS with made-up people, and the file of registers that know them."""
import datetime
import json
import random

from models.ecalcura.transfer.raas.columns import CONTRACTS, FACILITIES, FILES

PLACES = 850
CODES = ("VPK", "ZKD", "KIN", "MAS")
FIRST = datetime.date(1957, 1, 1)


def number_at(place):
    """The number of the made-up person at this place, from 0: of a day, of somebody whose birth is known."""
    day, sequence = divmod(place, 500)
    born = FIRST + datetime.timedelta(days=day * 7)
    nine = f"{born:%y%m%d}{sequence * 2:03}"
    return f"{nine}{97 - int(nine) % 97:02}", born


def write(folder, contracts, seed=7):
    """Write files with this number of contracts, two in three of somebody entitled; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    people = []
    with _file(folder, CONTRACTS) as file:
        for place in range(contracts):
            number, born = number_at(place)
            code = chance.choice(CODES)
            people.append({"number": number, "first": "Tweede", "last": f"Test{place}", "birth": born.isoformat(),
                           "codes": [] if code == "MAS" else [code]})
            file.write(_contract(place, number, born, code, chance))
    with _file(folder, FACILITIES) as file:
        for place in range(PLACES):
            file.write(f"{_riziv(place)};99{place:04};woonzorgcentrum;De Linde {place} (voorbeeld);0000000196;"
                       "Voorbeeldstraat 1;9999;Voorbeeld;info@voorbeeld.be;;;;01/09/2023\r\n")
    for code in FILES.keys() - {CONTRACTS, FACILITIES}:
        _file(folder, code).close()
    (folder / "registers.json").write_text(json.dumps(people), encoding="utf-8")
    return folder


def _file(folder, code):
    name, columns = FILES[code]
    file = (folder / name).open("w", encoding="cp1252", newline="")
    file.write(";".join(columns) + "\r\n")
    return file


def _riziv(place):
    return f"{710000 + place:06}{97 - (710000 + place) % 97:02}"


def _contract(place, number, born, code, chance):
    entitled = chance.random() < 2 / 3
    kind = "premie" if code == "VPK" and chance.random() < 0.3 else "vrijstelling"
    # At the end of 2023.
    choices = [kind if entitled and born.year + age < 2023 else "" for age in (45, 50, 55)]
    hours = chance.choice(("38,00", "30,40", "19,00"))
    return ";".join((
        _riziv(place % PLACES), f"C{place:06}", number, f"Test{place}", "Tweede", code, "arbeidsovereenkomst",
        "gerechtigde" if entitled else "vervanger", hours, "38,00", f"01/0{1 + place % 9}/2015",
        "30/06/2022" if chance.random() < 0.1 else "", *choices, "", "12/10/2023")) + "\r\n"
