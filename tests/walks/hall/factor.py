"""Valid values for the forms of the second factor, whose codes are computed from the cast and the form each time."""
from models.accounts.recovery_codes import RecoveryCode
from models.accounts.second_factor import Candidate, SecondFactor
from tests.conftest import PASSWORD
from tests.phones import Phone, factor_of


def _code(cast, _hidden):
    return cast.factor.phone.code()


def _code_of_new(cast, hidden):
    return Phone(Candidate.open(cast.administrator, hidden["candidate"]).text).code()


# Forms between the password and the second factor.
FILLED_SECOND_STEP = {
    "auth.code": {"code": _code},
    "auth.recovery_code": {"recovery_code": lambda cast, _hidden: cast.factor.codes[0]},
    "auth.set_up_factor": {"code": _code_of_new},
}
FILLED_FACTOR = {
    "account.factor": {"password": PASSWORD, "code": _code, "new_code": _code_of_new},
    "account.recovery_codes": {"password": PASSWORD, "code": _code},
}


def prepare(cast, endpoint):
    """Give the administrator an unused second factor; but remove it for the form that sets it up."""
    SecondFactor.delete().where(SecondFactor.account_id == cast.administrator.id).execute()
    RecoveryCode.revoke(cast.administrator)
    if endpoint != "auth.set_up_factor":
        cast.factor = factor_of(cast.administrator)


def typed_by(fields, cast, hidden):
    """The values for these fields, with the codes of this moment."""
    return {name: value(cast, hidden) if callable(value) else value for name, value in fields.items()}
