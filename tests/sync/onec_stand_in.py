"""A strict 1C on a real socket: it takes records exactly once and can fail in every way a network knows."""

import contextlib
import json
import socket
import threading
import time
from uuid import uuid4

ANSWERS = {401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests", 500: "Error", 302: "Found"}


class OneC:
    """``faults``: what to do with the next calls, one name each; when they are used up, all is well."""

    def __init__(self):
        self.base, self.epoch, self.seq = str(uuid4()), "e1", 0
        self.documents, self.answers, self.calls, self.faults = {}, {}, [], []
        self.refusals, self.conflicts, self.unanswered = {}, {}, set()
        self.ping, self.hangs_up = "ОК", False
        self.headers, self.release, self.wrap = {}, threading.Event(), None
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._open = True
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self._open = False
        self.release.set()
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def _serve(self):
        while self._open:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection):
        with connection, contextlib.suppress(OSError):
            if self.wrap is None:
                self._converse(connection)
                return
            with self.wrap(connection, server_side=True, do_handshake_on_connect=False) as wrapped:
                wrapped.do_handshake()
                self._converse(wrapped)

    def _converse(self, connection):
        with connection.makefile("rb") as reader:
            while request := _read(reader):
                answer = self._answer(*request)
                if answer is None:
                    return
                connection.sendall(answer)
                if self.hangs_up:
                    return

    def _answer(self, line, headers, body):
        self.calls.append((line, headers, body))
        fault = self.faults.pop(0) if self.faults else "ok"
        if fault in WITHOUT_WORK:
            return WITHOUT_WORK[fault](self)
        if line.split()[1].endswith("/ping"):
            return _http(200, self.ping.encode(), "text/plain")
        answer = _http(200, json.dumps(self._take(json.loads(body))).encode(), "application/json")
        if fault == "twice":
            answer = _http(200, json.dumps(self._take(json.loads(body))).encode(), "application/json")
        self.hangs_up = fault == "half"
        if self.hangs_up:
            return answer[: len(answer) // 2]
        return None if fault == "lose_answer" else answer

    def _take(self, batch):
        self.seq += 1
        results = [self._result(item) for item in batch["items"] if item["id"] not in self.unanswered]
        return {"base": self.base, "epoch": self.epoch, "seq": self.seq, "results": results}

    def _result(self, item):
        known = self.answers.get(item["queue_id"])
        if known:
            assert known[0] == item, "the same queue_id came with another body"
            if known[1]["status"] == "ok":
                return known[1]
        result = {"queue_id": item["queue_id"], "id": item["id"], "version": item["version"]}
        if item["id"] in self.refusals:
            result |= {"status": "error", "code": "REFUSED", "message": self.refusals[item["id"]]}
        elif item["id"] in self.conflicts:
            result |= {"status": "error", "code": "VERSION_CONFLICT", "data": self.conflicts[item["id"]]}
        else:
            self.documents.setdefault(item["id"], []).append((item["op"], item["data"]))
            number = f"0000-{len(self.documents):06}"
            result |= {"status": "ok", "ref": {"guid": str(uuid4()), "number": number}, "data": {}}
        self.answers[item["queue_id"]] = (item, result)
        return result


def _read(reader):
    line = reader.readline().decode("latin-1").strip()
    if not line:
        return None
    headers = {}
    while header := reader.readline().strip():
        name, _, value = header.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    return line, headers, reader.read(int(headers.get("content-length", 0)))


def _http(status, body, kind, headers=()):
    extra = "".join(f"{name}: {value}\r\n" for name, value in dict(headers).items())
    return (
        f"HTTP/1.1 {status} {ANSWERS.get(status, 'OK')}\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body)}\r\n{extra}\r\n".encode()
        + body
    )


def _status(onec, status):
    return _http(status, b"<html></html>", "text/html", onec.headers)


def _stall(onec):
    onec.release.wait(60)


WITHOUT_WORK = {
    "refuse_connection": lambda onec: None,
    "stall": _stall,
    "garbage": lambda onec: b"\x00\xff\x13garbage\r\n\r\n" * 20,
    "html200": lambda onec: _http(200, b"<html>1C</html>", "text/html"),
    "empty200": lambda onec: _http(200, b"", "application/json"),
    "json200": lambda onec: _http(200, b'{"hello": 1}', "application/json"),
    "http302": lambda onec: _status(onec, 302),
    "http401": lambda onec: _status(onec, 401),
    "http404": lambda onec: _status(onec, 404),
    "http429": lambda onec: _status(onec, 429),
    "http500": lambda onec: _status(onec, 500),
}


def wait_until(check, within=10.0):
    """Look again and again until it is so."""
    deadline = time.monotonic() + within
    while not check():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
