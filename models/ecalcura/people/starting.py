"""Starting the part that asks about persons: which registers, and how often."""
from collections.abc import Mapping
from typing import Any

from models.ecalcura.people import lookups, numbers, registers
from models.ecalcura.people.register_client import HttpRegisters


def start(settings: Mapping[str, Any]) -> None:
    """Use these settings, when the application starts."""
    url = settings["REGISTERS_URL"]
    registers.use(HttpRegisters(url, settings["REGISTERS_TOKEN"]) if url else None)
    numbers.use(settings["SIMULATED_REGISTERS"])
    lookups.use(settings["LOOKUPS_A_DAY"])
