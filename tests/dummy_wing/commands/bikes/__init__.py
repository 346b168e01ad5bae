"""The operator's commands of bikes."""
from commands.bikes.bikes import bike

COMMANDS = (bike,)
