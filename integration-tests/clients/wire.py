"""Requests that no client would send."""

import http.client
import json
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self):
        return json.loads(self.body)


class Wire:
    def __init__(self, endpoint: str):
        parts = urlsplit(endpoint)
        self.host, self.port = parts.hostname, parts.port

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """Sends this as it is; header names are written with _ for -."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        try:
            connection.putrequest(
                method, path, skip_host="Host" in named, skip_accept_encoding=True
            )
            for name, value in {"Content-Length": str(len(body)), **named}.items():
                connection.putheader(name, value)
            connection.endheaders()
            try:
                connection.send(body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # refused before all of it was read
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, headers, answer.read())
        finally:
            connection.close()

    def post(self, operation: str, body, **headers: str) -> Answer:
        """Posts an object, or bytes as they are, to an operation."""
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.send("POST", "/v1/" + operation.lower(), text, **headers)

    def raw(self, text: bytes) -> bytes:
        """What comes back for these bytes until the service closes or says nothing for long."""
        with socket.create_connection((self.host, self.port), timeout=3) as connection:
            connection.sendall(text)
            connection.shutdown(socket.SHUT_WR)
            received = b""
            try:
                while part := connection.recv(65536):
                    received += part
            except (TimeoutError, ConnectionResetError):
                pass
            return received
