"""Makes an export of the old register of any size, in its real format: cp1252, semicolons, a row for each period."""
import csv

from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.transfer.register_file.columns import OLD, columns
from models.files.csv_file import DELIMITER
from models.organisations import PROVINCES

ORGANISATIONS = 180


def write(path, clients):
    """Write a file with this number of clients, of some 1.3 rows each."""
    asked = questionnaire.current()
    headings = columns(OLD)
    choices = [(question.code, [option.label for option in question.options])
               for question in asked.of_client if question.kind == "choice" and question.code in headings]
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, list(headings), restval="", delimiter=DELIMITER)
        writer.writerow(headings)
        for number in range(1, clients + 1):
            client = _client(number, choices)
            writer.writerows({**client, **period} for period in _periods(number))


def _client(number, choices):
    organisation = number % ORGANISATIONS
    province = list(PROVINCES.values())[organisation % len(PROVINCES)]
    mixed = number * 2654435761 >> 8
    return {
        "province": province, "organisation": f"Arbeidszorg {province} {organisation}",
        "email": f"arbeidszorg{organisation}@voorbeeld.be", "old_number": str(number // ORGANISATIONS + 1),
        "birth_date": f"{1 + number % 28:02}/{1 + number % 12:02}/{1955 + number % 45}",
        "home_postcode": str(8000 + number % 1900), "work_postcode": str(8000 + organisation % 1900),
        **{code: labels[(mixed >> place) % len(labels)] for place, (code, labels) in enumerate(choices)},
    }


def _periods(number):
    start = f"{1 + number % 28:02}/0{1 + number % 9}/{2021 + number % 3}"
    last = {"hours": f"{4 + number % 30},5", "start_date": start}
    if number % 3:
        last |= {"end_date": f"15/06/{2024 + number % 2}",
                 "closing_reason": "Gezondheidsredenen", "outlook": "Zelfde trede"}
    older = {"hours": "12", "start_date": "01/03/2015", "end_date": f"30/06/{2018 + number % 3}",
             "closing_reason": "Opleiding of ander traject", "outlook": "Hogere trede"}
    if number % 40 == 0:
        return [{}]
    return [older, last] if number % 10 < 3 else [last]
