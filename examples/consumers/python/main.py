"""ask <head url> <memory file> <client_id> [redirect_uri], or vectors <vectors.json>."""

import json
import os
import sys
import time
import urllib.request
from pathlib import Path

from allowlist import WITHOUT_KEY, Refused, decide, memory_of, verify_head


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def get(url, limit):
    with urllib.request.build_opener(NoRedirect).open(url, timeout=10) as answer:
        body = answer.read(limit + 1)
    if len(body) > limit:
        raise OSError(f"{url} is too large")
    return body


def ask(head_url, memory_file, client_id, redirect_uri=None):
    """One question, with the network: prints allow, or deny and why."""
    now = time.time()
    issuer = head_url[: head_url.index("/v1/lists/")]
    memory = Path(memory_file)
    remembered = json.loads(memory.read_text()) if memory.exists() else None

    def read_object(name):
        try:
            return get(f"{head_url.removesuffix('head')}objects/{name}", 1_048_576)
        except OSError:
            return None

    def answer():
        jws = get(head_url, 65_536).decode().strip()
        jwks = json.loads(get(f"{issuer}/.well-known/jwks.json", 65_536))
        head = verify_head(jws, jwks, issuer, head_url, remembered, now)
        with open(f"{memory_file}.new", "w") as file:
            json.dump(memory_of(head, jws, remembered), file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(f"{memory_file}.new", memory_file)
        question = {"client_id": client_id}
        if redirect_uri is not None:
            question["redirect_uri"] = redirect_uri
        return decide(head, question, read_object, now)

    verdict = verdict_of(answer)
    print(verdict if verdict == "allow" else f"deny {verdict}")


def run_vectors(path):
    """Every vector of docs/vectors: prints part, name and verdict, with tabs between them."""
    folder = Path(path).parent
    index = json.loads(Path(path).read_text())

    def take(vector, remembered=None):
        jws = (folder / vector["head"]).read_bytes().decode("latin-1")
        jwks = json.loads((folder / vector["jwks"]).read_text())
        least = vector.get("min_seq", 1)
        return verify_head(
            jws, jwks, index["issuer"], index["head_url"], remembered, vector["now"], least
        )

    for vector in index["heads"]:
        verdict = verdict_of(lambda: take(vector, vector["remembered"]) and "ok")
        print("heads", vector["name"], verdict, sep="\t")
    for vector in index["lookups"]:

        def read_object(name):
            files = (folder / each / name for each in vector["objects"])
            return next((file.read_bytes() for file in files if file.exists()), None)

        at = vector.get("asked_at", vector["now"])
        question = dict(vector["question"])
        if "jkt" in question and question["jkt"] is None:
            question["jkt"] = WITHOUT_KEY
        verdict = verdict_of(lambda: decide(take(vector), question, read_object, at))
        print("lookups", vector["name"], verdict, sep="\t")


def verdict_of(work):
    try:
        return work()
    except Refused as refused:
        return str(refused)


if __name__ == "__main__":
    command, *given = sys.argv[1:] or [""]
    if command == "vectors" and len(given) == 1:
        run_vectors(*given)
    elif command == "ask" and len(given) in (3, 4):
        ask(*given)
    else:
        sys.exit(__doc__)
