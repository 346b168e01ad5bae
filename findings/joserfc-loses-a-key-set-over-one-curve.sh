#!/bin/bash
# joserfc 1.8.0 reads the keys of an OpenID provider (a JWK set), with which tokens are checked.
#
# Expected: a key that the library does not understand is left out, and the other keys still count: RFC 7517, section 5,
#   says so of kinds (kty), and of members and values that are not supported.
# Seen: a key of an unknown kind is left out without a word, but one key of a known kind with an unknown curve raises
#   KeyError for the whole set, also where every token is signed by another key in it.
# Matters: on the day that a provider adds such a key, nobody signs in any more, and the error names no key set. Reading
#   the keys one by one leaves out that key alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install joserfc==1.8.0

"$folder/venv/bin/python" - <<'PYTHON' | tee "$folder/seen"
import importlib.metadata

from joserfc.jwk import KeySet, RSAKey

print("joserfc", importlib.metadata.version("joserfc"))
known = RSAKey.generate_key(2048, parameters={"kid": "known"}).as_dict(private=False)
others = {
    "unknown kind": {"kty": "AKP", "alg": "ML-DSA-44", "pub": "AAAA", "kid": "other"},
    "unknown curve": {"kty": "EC", "crv": "brainpoolP256r1", "x": "AAAA", "y": "AAAA", "kid": "other"},
}
for name, other in others.items():
    try:
        print(name, "→", [key.kid for key in KeySet.import_key_set({"keys": [known, other]}).keys])
    except Exception as error:
        print(name, "→", type(error).__name__, error)
PYTHON

diff "$folder/seen" - <<'SEEN' && echo "as seen before"
joserfc 1.8.0
unknown kind → ['known']
unknown curve → KeyError 'brainpoolP256r1'
SEEN
