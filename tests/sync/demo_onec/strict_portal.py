"""The portal's end of the exchange protocol, strict and simple: it takes what 1C sends and remembers all of it."""

import base64
import gzip
import hashlib
import json
import re
import uuid

KEYS = ("client-id", "client-secret")
BASE = "0d3bb36e-2a4c-4f6b-9a55-6a9d9f0f5a01"
MONEY = re.compile(r"-?\d+\.\d\d")


class StrictPortal:
    """`objects[kind][id]` is the newest data; `answers` may hold one mischief for the next batches."""

    def __init__(self):
        self.objects, self.versions, self.receipts, self.files = {}, {}, {}, {}
        self.batches, self.complaints, self.outgoing, self.acknowledged = [], [], [], []
        self.seq, self.mischief, self.refused_kinds = 0, None, set()

    async def __call__(self, scope, receive, send):
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        try:
            status, answer = self.answer(scope["method"], scope["path"], headers, body)
        except (AssertionError, ValueError, LookupError) as complaint:
            self.complaints.append(f"{scope['path']}: {complaint!r}")
            status, answer = 422, {"detail": str(complaint)}
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        kind = b"text/html" if isinstance(answer, bytes) else b"application/json"
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", kind)]})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})

    def answer(self, method, path, headers, body):
        if path == "/sys/token":
            expected = "Basic " + base64.b64encode(":".join(KEYS).encode()).decode()
            assert b"grant_type=client_credentials" in body
            return (200, {"id_token": "t"}) if headers["authorization"] == expected else (401, {"detail": "ключи"})
        assert headers["authorization"] == "Bearer t"
        if self.mischief is not None:
            return self.mischief(method, path)
        if path == "/api/exchange/ping":
            return 200, b"OK"
        if path.startswith("/api/exchange/files/"):
            return self.file(path.rsplit("/", 1)[1], body)
        return 200, self.exchange(path, headers, body)

    def exchange(self, path, headers, body):
        if path == "/api/exchange/in":
            assert headers["content-encoding"] == "gzip"
            return self.batch(json.loads(gzip.decompress(body), parse_float=_no_floats))
        if path == "/api/exchange/out":
            return {**self.signature(), "lease": str(uuid.uuid4()), "items": self.outgoing[:200]}
        assert path == "/api/exchange/out/ack"
        return self.acknowledge(json.loads(body))

    def signature(self):
        self.seq += 1
        return {"base": BASE, "epoch": "p1", "seq": self.seq}

    def file(self, sha256, body):
        assert hashlib.sha256(body).hexdigest() == sha256
        known = sha256 in self.files
        self.files[sha256] = body
        return (200 if known else 201), {}

    def batch(self, batch):
        assert {"node", "base", "epoch", "seq", "batch", "items"} <= batch.keys()
        assert len(batch["items"]) <= 500
        self.batches.append(batch)
        return {**self.signature(), "batch": batch["batch"], "results": [self.item(item) for item in batch["items"]]}

    def item(self, item):
        named = {name: item[name] for name in ("queue_id", "id", "version")}
        body = json.dumps(item, sort_keys=True)
        if item["queue_id"] in self.receipts:
            assert self.receipts[item["queue_id"]] == body, "a queue id was used for another body"
            return {**named, "status": "ok"}
        if item["kind"] in self.refused_kinds:
            return {**named, "status": "error", "code": "NO", "message": "нет"}
        self.receipts[item["queue_id"]] = body
        key = (item["kind"], item["id"])
        assert item["version"] > self.versions.get(key, 0), f"version of {key} does not grow"
        self.versions[key] = item["version"]
        if item["op"] == "upsert":
            self.check_files(item["data"])
            self.objects.setdefault(item["kind"], {})[item["id"]] = item["data"]
        return {**named, "status": "ok"}

    def check_files(self, data):
        for entry in [*(data.get("images") or []), data.get("file"), *(data.get("files") or [])]:
            assert entry is None or entry["sha256"] in self.files, "a file was named before it came"

    def acknowledge(self, answer):
        self.acknowledged += answer["results"]
        done = {result["queue_id"] for result in answer["results"]}
        self.outgoing = [item for item in self.outgoing if item["queue_id"] not in done]
        return {**self.signature(), "removed": len(done), "returned": 0}


def _no_floats(text):
    raise ValueError(f"a number that is not whole came as JSON number: {text}")
