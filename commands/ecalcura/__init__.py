"""The operator's commands for ecalcura."""
from commands.ecalcura.facilities import ecalcura

COMMANDS = (ecalcura,)
