"""Services that a demonstration runs beside Loket, in place of real ones. None is for production."""
