"""The part of arbeidszorg in `flask init`, and the questionnaire for commands that begin by applying it."""
import click

from commands.arbeidszorg.purging import purge_due
from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.register import clients, questionnaire
from models.arbeidszorg.register.questionnaire import QuestionnaireError


def prepare() -> None:
    """Purge the clients that are due, and apply the questionnaire."""
    purge_due()
    apply_questionnaire()


def apply_questionnaire() -> None:
    """Bring the database in line with the questionnaire; click.ClickException if it lacks an option in use."""
    try:
        clients.apply_questionnaire(questionnaire.current(), kept_rows.options_in_use)
    except QuestionnaireError as error:
        raise click.ClickException(str(error)) from error
