"""The operator's commands for site: the hall's give and end its grant."""
COMMANDS = ()
