"""Valid values for each form of ecalcura; see tests/walks/hall/forms.py."""
FILLED = {
    "ecalcura:access": {
        "access.new": {"name": "Lies Dok", "email": "lies@voorbeeld.be"},
        "access.invite": {},
        "access.give": {"role": "financial"},
        "access.end": {},
    },
}
PREPARE = {}
READ_ONLY = set()
VERSIONED = set()
NEWER = []
