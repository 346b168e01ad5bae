"""Mail addresses, as they are stored."""
import email_validator

from models.errors import Code, Refused


def clean_email(text: str) -> str:
    """Return a mail address as it is stored, in lower case; raises `Refused` if it is not an address."""
    try:
        # A line end would add a line to the header of a mail.
        if "\r" in text or "\n" in text:
            raise Refused(Code.EMAIL)
        checked = email_validator.validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except email_validator.EmailNotValidError:
        raise Refused(Code.EMAIL) from None
    return str(checked.ascii_email).lower()
