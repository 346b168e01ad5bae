"""The log in the words of site."""
from views.hall.log_words import LogWords

LOG_WORDS = LogWords({}, {}, lambda _entry: {})
