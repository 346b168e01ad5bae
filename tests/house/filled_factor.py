"""The forms of the second factor, filled in: what is typed there is made anew each time, of the cast and the form."""
from models.accounts.recovery_codes import RecoveryCode
from models.accounts.second_factor import Candidate, SecondFactor
from tests.conftest import PASSWORD
from tests.phones import Phone, factor_of


def _code(cast, _hidden):
    return cast.factor.phone.code()


def _code_of_new(cast, hidden):
    return Phone(Candidate.open(cast.administrator, hidden["candidate"]).text).code()


# Of who gave the password, and is not signed in yet.
FILLED_HALF_WAY = {
    "auth.code": {"code": _code},
    "auth.recovery_code": {"recovery_code": lambda cast, _hidden: cast.factor.codes[0]},
    "auth.set_up_factor": {"code": _code_of_new},
}
FILLED_FACTOR = {
    "account.factor": {"password": PASSWORD, "code": _code, "new_code": _code_of_new},
    "account.recovery_codes": {"password": PASSWORD, "code": _code},
}


def prepare(cast, endpoint):
    """The administrator has a second factor that was not used yet; none where it is to be set up."""
    SecondFactor.delete().where(SecondFactor.account_id == cast.administrator.id).execute()
    RecoveryCode.revoke(cast.administrator)
    if endpoint != "auth.set_up_factor":
        cast.factor = factor_of(cast.administrator)


def typed_by(fields, cast, hidden):
    """What is typed in these fields, with the codes of this moment."""
    return {name: value(cast, hidden) if callable(value) else value for name, value in fields.items()}
