"""A consumer of the allowlist in Python with PyJWT. See docs/servers/any-language.md."""

import hashlib
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

import jwt


class Refused(Exception):
    """A head that is not taken, or a client that is not let in: the code says why."""


KNOWN = "iss sub iat exp v epoch seq rev prev ttl root count deny keys_version log crit".split()
HOST = re.compile(
    r"https?://(?:[^/?#@\\]*@)?(\[[^\]/?#\\]*\]|[^/?#:\\]*)(:[0-9]*)?(?:[/?#\\]|$)", re.IGNORECASE
)
LOOPBACK = re.compile(
    r"http://(127\.0\.0\.1|\[::1\]|localhost)(?::([1-9][0-9]{0,4}))?((?:/[^?#]*)?(?:\?[^#]*)?)"
)


#: In the place of `jkt`: the client authenticated, and used no key.
WITHOUT_KEY = "none"


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def parse_object(data):
    """The JSON object, or None."""
    try:
        value = json.loads(
            data.decode("utf-8"), parse_int=number, parse_float=number, parse_constant=no_number
        )
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def number(text):
    """Numbers are doubles: 482.0 is whole, and 2^53 is too large."""
    value = float(text)
    return int(value) if abs(value) < 2**53 and value.is_integer() else value


def no_number(text):
    raise ValueError(f"{text} is not JSON")


def whole(value, least=-(2**53) + 1):
    return type(value) is int and least <= value < 2**53


def is_hash(value):
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


def is_text(value):
    return isinstance(value, str)


def texts(value):
    return isinstance(value, list) and all(map(is_text, value))


def decoded(part):
    """The bytes of base64url as JOSE writes it; a text that has another form too is malformed."""
    try:
        data = urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError:
        raise Refused("malformed") from None
    if encoded(data) != part:
        raise Refused("malformed")
    return data


def encoded(data):
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def thumbprint(jwk):
    """RFC 7638, of a P-256 key."""
    members = {name: jwk.get(name) for name in ("crv", "kty", "x", "y")}
    form = json.dumps(members, separators=(",", ":"), sort_keys=True)
    return encoded(hashlib.sha256(form.encode()).digest())


def key_of(jwks, kid):
    """The key of this kid if it verifies ES256 and its kid is its thumbprint. What is not is passed over."""
    keys = jwks.get("keys") if isinstance(jwks, dict) else None
    for jwk in keys if isinstance(keys, list) else []:
        if not isinstance(jwk, dict) or jwk.get("kid") != kid or thumbprint(jwk) != kid:
            continue
        usable = (jwk.get("kty"), jwk.get("crv")) == ("EC", "P-256")
        if usable and jwk.get("alg", "ES256") == "ES256" and jwk.get("use", "sig") == "sig":
            try:
                return jwt.PyJWK(jwk, "ES256").key
            except (jwt.PyJWTError, ValueError):
                continue
    raise Refused("unknown_key")


def verify_head(jws, jwks, issuer, head_url, remembered, now, min_seq=1):
    """Steps 2 to 6 of docs/allowlist.md §5: the claims, or Refused. `remembered`: what memory_of gave
    for the head before, or None; `now` in seconds. Remember the claims durably before they are used."""
    parts = jws.split(".")
    header = parse_object([decoded(part) for part in parts][0]) if len(parts) == 3 else None
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

    key = key_of(jwks, header["kid"])
    try:
        payload = jwt.PyJWS().decode(jws, key, algorithms=["ES256"])
    except jwt.InvalidTokenError:
        raise Refused("bad_signature") from None

    head = parse_object(payload)
    if head is None:
        raise Refused("malformed")
    if head.get("v") != 1 or head["v"] is True:
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
    if not is_hash(head.get("root")) or not whole(head.get("keys_version", 1), 1):
        raise Refused("malformed")
    if not all(is_hash(head[name]) for name in ("prev", "ns") if name in head):
        raise Refused("malformed")
    if "log" in head and not is_checkpoint(head["log"]):
        raise Refused("malformed")
    if not is_text(head.get("iss")) or not is_text(head.get("sub")):
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
    if remembered and same_epoch and sha256(jws.encode()) != remembered["digest"]:
        seq, digest = remembered["seq"], remembered["digest"]
        if head["seq"] < seq:
            raise Refused("rollback")
        if head["seq"] == seq:
            raise Refused("equivocation")
        if head["rev"] == remembered["rev"] and head["root"] != remembered["root"]:
            raise Refused("equivocation")
        if head["seq"] == seq + 1 and head.get("prev", digest) != digest:
            raise Refused("equivocation")
        compare_logs(head.get("log"), remembered.get("log"))
    return head


def is_checkpoint(log):
    return (
        isinstance(log, dict)
        and is_text(log.get("origin"))
        and whole(log.get("size"), 0)
        and is_hash(log.get("root"))
    )


def compare_logs(log, before):
    """A log only grows."""
    if not log or not before or log["origin"] != before["origin"]:
        return
    if log["size"] < before["size"]:
        raise Refused("log_rollback")
    if log["size"] == before["size"] and log["root"] != before["root"]:
        raise Refused("log_split")


def readable(deny):
    """Whether a deny names a client, a host or a key: one that names nothing would not be applied."""
    if not isinstance(deny, dict):
        return False
    named = [deny[name] for name in ("client_id", "host", "jkt") if name in deny]
    return named != [] and texts(named)


def memory_of(head, jws, remembered=None):
    """What must survive a restart before the head is used (step 7)."""
    kept = {name: head[name] for name in ("epoch", "seq", "rev", "root")}
    log = head.get("log") or (remembered or {}).get("log")
    return {**kept, "digest": sha256(jws.encode()), **({"log": log} if log else {})}


def decide(head, question, read_object, now):
    """ "allow", or Refused (steps 8 to 10, without the document and namespaces). `question` holds values
    exactly as received: client_id, and what else the request has of redirect_uri, jkt,
    token_endpoint_auth_method, grant_type, resource (a list) and scope. `read_object(name)` gives the
    bytes of an object, or None."""
    client_id, jkt = question["client_id"], question.get("jkt")
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
    uri = question.get("redirect_uri")
    if uri is not None:
        if not any(redirects(each, uri) for each in entry.get("redirect_uris", [])):
            raise Refused("redirect_not_approved")
    method = entry.get("token_endpoint_auth_method")
    if question.get("token_endpoint_auth_method", method) != method:
        raise Refused("auth_method_mismatch")
    if jkt is not None and jkts and jkt not in jkts:
        raise Refused("key_not_approved")
    if jkt == WITHOUT_KEY and method == "private_key_jwt":
        raise Refused("key_not_approved")
    grant_type = question.get("grant_type")
    if grant_type is not None and grant_type not in entry.get("grant_types", []):
        raise Refused("grant_type_not_approved")
    judge_grants(entry.get("grants", []), question.get("resource"), question.get("scope", ""))
    return "allow"


def judge_grants(grants, resources, scope):
    """Every resource is approved, and every scope for one of them; for any where none is asked for."""
    for resource in resources or []:
        if not any(each["resource"] == resource for each in grants):
            raise Refused("resource_not_approved")
    covering = [each for each in grants if resources is None or each["resource"] in resources]
    for name in filter(None, scope.split(" ")):
        if not any(name in each["scopes"] for each in covering):
            raise Refused("scope_not_approved")


def denies(deny, client_id, jkt):
    if deny.get("client_id") == client_id or (jkt is not None and deny.get("jkt") == jkt):
        return True
    url = HOST.match(client_id)
    if url is None or "host" not in deny:
        return False
    return plain(deny["host"]) in (plain(url[1]), plain(url[1] + (url[2] or "")))


def plain(host):
    """A host in lower case, without the dot that may stand at its end."""
    return re.sub(r"\.(:[0-9]+)?\Z", r"\1", host.lower())


def find(root, client_id, read_object):
    """The client's entry, from the object to which the digits of its hash lead."""
    name = root
    for digit in sha256(client_id.encode("utf-8"))[:17]:
        body = read_object(name)
        if body is None or len(body) > 1_048_576 or sha256(body) != name:
            raise Refused("unavailable")
        node = parse_object(body) or {}
        entries, children = node.get("entries"), node.get("children")
        if node.get("v") != 1 or node["v"] is True or ("entries" in node) == ("children" in node):
            raise Refused("unavailable")
        if isinstance(entries, dict):
            if client_id not in entries:
                raise Refused("not_listed")
            return entries[client_id]
        if not isinstance(children, dict) or not all(map(is_child, children.items())):
            raise Refused("unavailable")
        if digit not in children:
            raise Refused("not_listed")
        name = children[digit]
    raise Refused("unavailable")


def is_child(child):
    digit, name = child
    return re.fullmatch("[0-9a-f]", digit) is not None and is_hash(name)


def is_redirect(value):
    known = isinstance(value, dict) and value.get("match") in ("exact", "loopback_any_port")
    return known and is_text(value.get("uri"))


def is_grant(value):
    return isinstance(value, dict) and is_text(value.get("resource")) and texts(value.get("scopes"))


def is_number(value):
    return type(value) in (int, float)


MEMBERS = {
    "redirect_uris": lambda value: isinstance(value, list) and all(map(is_redirect, value)),
    "token_endpoint_auth_method": is_text,
    "jkts": texts,
    "grant_types": texts,
    "grants": lambda value: isinstance(value, list) and all(map(is_grant, value)),
    "doc_sha256": texts,
    "on_doc_mismatch": lambda value: value in ("use_entry", "deny"),
    "exp": is_number,
    "max_stale": is_number,
    "reason": is_text,
    "ref": is_text,
    "self_approved": lambda value: value is True,
}


def understood(entry):
    """What is not understood is a deny: unknown members aside, nothing is guessed."""
    if not isinstance(entry, dict) or entry.get("status") not in ("allow", "deny"):
        return False
    return all(fits(entry[name]) for name, fits in MEMBERS.items() if name in entry)


def redirects(approved, requested):
    """The same string, or, for a loopback redirect, the same but for the port (RFC 8252 §7.3)."""
    if approved["match"] == "exact":
        return approved["uri"] == requested
    a, b = LOOPBACK.fullmatch(approved["uri"]), LOOPBACK.fullmatch(requested)
    return bool(a and b) and (a[1], a[3]) == (b[1], b[3]) and int(b[2] or 0) <= 65_535
