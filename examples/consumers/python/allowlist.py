"""A consumer of the allowlist in Python with PyJWT. See docs/servers/any-language.md."""

import hashlib
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from urllib.parse import urlsplit

import jwt


class Refused(Exception):
    """A head that is not taken, or a client that is not let in: the code says why."""


KNOWN = "iss sub iat exp v epoch seq rev prev ttl root count deny keys_version log crit".split()
LOOPBACK = re.compile(
    r"http://(127\.0\.0\.1|\[::1\]|localhost)(?::([1-9][0-9]{0,4}))?((?:/[^?#]*)?(?:\?[^#]*)?)"
)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def parse_object(data):
    """The JSON object, or None."""
    try:
        value = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def whole(value, least=-(2**53) + 1):
    return type(value) is int and least <= value < 2**53


def is_hash(value):
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


def texts(value):
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def thumbprint(jwk):
    """RFC 7638, of a P-256 key."""
    members = {name: jwk.get(name) for name in ("crv", "kty", "x", "y")}
    form = json.dumps(members, separators=(",", ":"), sort_keys=True)
    return urlsafe_b64encode(hashlib.sha256(form.encode()).digest()).rstrip(b"=").decode()


def verify_head(jws, jwks, issuer, head_url, remembered, now, min_seq=1):
    """Steps 2 to 6 of docs/allowlist.md §5: the claims, or Refused. `remembered`: what memory_of gave
    for the head before, or None; `now` in seconds. Remember the claims durably before they are used."""
    parts = jws.split(".")
    try:
        header = parse_object(urlsafe_b64decode(parts[0] + "==")) if len(parts) == 3 else None
    except ValueError:
        header = None
    if header is None:
        raise Refused("malformed")
    if not set(header) <= {"alg", "kid", "typ"}:
        raise Refused("header_not_allowed")
    if header.get("alg") != "ES256":
        raise Refused("alg_not_allowed")
    if header.get("typ") != "cimd-allowlist+jwt":
        raise Refused("wrong_typ")
    if not isinstance(header.get("kid"), str):
        raise Refused("malformed")

    jwk = next((each for each in jwks["keys"] if each.get("kid") == header["kid"]), {})
    usable = (jwk.get("kty"), jwk.get("crv")) == ("EC", "P-256")
    usable = usable and jwk.get("alg", "ES256") == "ES256" and jwk.get("use", "sig") == "sig"
    if not usable or thumbprint(jwk) != header["kid"]:
        raise Refused("unknown_key")
    try:
        payload = jwt.PyJWS().decode(jws, jwt.PyJWK(jwk, "ES256").key, algorithms=["ES256"])
    except jwt.InvalidTokenError:
        raise Refused("bad_signature") from None

    head = parse_object(payload)
    if head is None:
        raise Refused("malformed")
    if head.get("v") != 1:
        raise Refused("unknown_version")
    crit = head.get("crit", [])
    if not texts(crit):
        raise Refused("malformed")
    if not set(crit) <= set(KNOWN):
        raise Refused("unknown_critical_claim")
    if not all(whole(head.get(name)) for name in ("iat", "exp", "count")):
        raise Refused("malformed")
    if not all(whole(head.get(name), 1) for name in ("epoch", "seq", "rev", "ttl")):
        raise Refused("malformed")
    if not is_hash(head.get("root")) or not is_hash(head.get("prev", head["root"])):
        raise Refused("malformed")
    deny = head.get("deny")
    if not isinstance(deny, list) or len(deny) > 200 or not all(map(readable, deny)):
        raise Refused("malformed")
    if head.get("iss") != issuer:
        raise Refused("wrong_iss")
    if head.get("sub") != head_url:
        raise Refused("wrong_sub")
    if head["exp"] <= now - 60:
        raise Refused("expired")
    if head["iat"] >= now + 60:
        raise Refused("issued_in_future")
    if head["exp"] - head["iat"] > 7 * 86_400:
        raise Refused("lives_too_long")

    same_epoch = remembered is None or head["epoch"] == remembered["epoch"]
    if same_epoch and head["seq"] < min_seq:
        raise Refused("rollback")
    if remembered and head["epoch"] < remembered["epoch"]:
        raise Refused("rollback")
    if remembered and same_epoch:
        seq, digest = remembered["seq"], remembered["digest"]
        if head["seq"] < seq:
            raise Refused("rollback")
        if head["seq"] == seq and sha256(jws.encode()) != digest:
            raise Refused("equivocation")
        if head["rev"] == remembered["rev"] and head["root"] != remembered["root"]:
            raise Refused("equivocation")
        if head["seq"] == seq + 1 and head.get("prev", digest) != digest:
            raise Refused("equivocation")
    return head


def readable(deny):
    """Whether a deny names a client, a host or a key: one that names nothing would not be applied."""
    if not isinstance(deny, dict):
        return False
    named = [deny[name] for name in ("client_id", "host", "jkt") if name in deny]
    return named != [] and texts(named)


def memory_of(head, jws):
    """What must survive a restart before the head is used (step 7)."""
    kept = {name: head[name] for name in ("epoch", "seq", "rev", "root")}
    return {**kept, "digest": sha256(jws.encode())}


def decide(head, client_id, read_object, now, redirect_uri=None, jkt=None):
    """ "allow", or Refused (steps 8 to 10, without the document, grants and namespaces). Values exactly
    as received; `read_object(name)` gives the bytes of an object, or None."""
    if head["exp"] <= now - 60:
        raise Refused("head_expired")
    if any(denies(each, client_id, jkt) for each in head["deny"]):
        raise Refused("denied")
    entry = find(head["root"], client_id, read_object)
    if not understood(entry):
        raise Refused("unknown_value")
    jkts = entry.get("jkts", [])
    denied = {each.get("jkt") for each in head["deny"]}
    if jkts and set(jkts) <= denied:
        raise Refused("denied")
    if entry["status"] == "deny":
        raise Refused("entry_denies")
    if "exp" in entry and entry["exp"] <= now:
        raise Refused("expired")
    if "max_stale" in entry and now - head["iat"] > entry["max_stale"]:
        raise Refused("stale")
    if redirect_uri is not None:
        if not any(redirects(each, redirect_uri) for each in entry.get("redirect_uris", [])):
            raise Refused("redirect_not_approved")
    if jkt is not None and jkts and jkt not in jkts:
        raise Refused("key_not_approved")
    return "allow"


def denies(deny, client_id, jkt):
    if deny.get("client_id") == client_id or (jkt is not None and deny.get("jkt") == jkt):
        return True
    try:
        url = urlsplit(client_id)
        hosts = {url.hostname, f"{url.hostname}:{url.port}"}
    except ValueError:
        return False
    return deny.get("host", "").lower() in hosts


def find(root, client_id, read_object):
    """The client's entry, from the object to which the digits of its hash lead."""
    name = root
    for digit in sha256(client_id.encode("utf-8"))[:17]:
        body = read_object(name)
        if body is None or len(body) > 1_048_576 or sha256(body) != name:
            raise Refused("unavailable")
        node = parse_object(body) or {}
        entries, children = node.get("entries"), node.get("children")
        if node.get("v") != 1 or isinstance(entries, dict) == isinstance(children, dict):
            raise Refused("unavailable")
        if isinstance(entries, dict):
            if client_id not in entries:
                raise Refused("not_listed")
            return entries[client_id]
        if digit not in children:
            raise Refused("not_listed")
        name = children[digit]
    raise Refused("unavailable")


def understood(entry):
    """What is not understood is a deny: unknown members aside, nothing is guessed."""
    if not isinstance(entry, dict) or entry.get("status") not in ("allow", "deny"):
        return False
    redirect_uris = entry.get("redirect_uris", [])
    return (
        isinstance(redirect_uris, list)
        and all(
            isinstance(each, dict)
            and each.get("match") in ("exact", "loopback_any_port")
            and isinstance(each.get("uri"), str)
            for each in redirect_uris
        )
        and texts(entry.get("jkts", []))
        and entry.get("on_doc_mismatch", "deny") in ("use_entry", "deny")
        and all(type(entry.get(name, 0)) in (int, float) for name in ("exp", "max_stale"))
    )


def redirects(approved, requested):
    """The same string, or, for a loopback redirect, the same but for the port (RFC 8252 §7.3)."""
    if approved["match"] == "exact":
        return approved["uri"] == requested
    a, b = LOOPBACK.fullmatch(approved["uri"]), LOOPBACK.fullmatch(requested)
    return bool(a and b) and (a[1], a[3]) == (b[1], b[3]) and int(b[2] or 0) <= 65_535
