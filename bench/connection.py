"""One kept-alive connection that costs as little as a client can: fixed request bytes, the answer read to its end."""

import socket

_CHUNK = 1 << 20


class Connection:
    """GET requests one after another."""

    def __init__(self, port: int, cookies: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._cookies = cookies

    def request(self, path: str, *, signed_in: bool = True) -> bytes:
        cookies = f"Cookie: {self._cookies.replace(';', '; ')}\r\n" if signed_in else ""
        return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{cookies}\r\n".encode()

    def get(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        """Status, headers, body. Raises ConnectionError where the server hangs up."""
        self._socket.sendall(request)
        head, _, body = self._until_head().partition(b"\r\n\r\n")
        status, *fields = head.decode().split("\r\n")
        headers = {name.lower(): value for name, value in (field.split(": ", 1) for field in fields)}
        code = int(status.split()[1])
        missing = int(headers.get("content-length", 0)) - len(body)
        parts = [body]
        while missing > 0:
            parts.append(self._received())
            missing -= len(parts[-1])
        return code, headers, b"".join(parts)

    def close(self) -> None:
        self._socket.close()

    def _until_head(self) -> bytes:
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._received()
        return received

    def _received(self) -> bytes:
        chunk = self._socket.recv(_CHUNK)
        if not chunk:
            raise ConnectionError("the server hung up")
        return chunk
