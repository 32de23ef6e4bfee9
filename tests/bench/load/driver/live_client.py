"""Many live connections (server-sent events) of one process, and when each heard of a change."""
import selectors
import socket
import time


class LiveClients:
    """Opens `count` streams with the tokens in turn; each says the case ids of the changes that it heard of."""

    def __init__(self, port, tokens, count):
        self.selector = selectors.DefaultSelector()
        self.sockets = []
        for at in range(count):
            connection = socket.create_connection(('127.0.0.1', port))
            connection.sendall(b'GET /api/live HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n'
                               + f'Authorization: Bearer {tokens[at % len(tokens)]}\r\n\r\n'.encode())
            self.sockets.append(connection)
        for connection in self.sockets:
            head = connection.recv(4096)
            if b' 200 ' not in head.split(b'\r\n')[0]:
                raise RuntimeError(f'a live connection was refused: {head[:200]!r}')
            connection.setblocking(False)
            self.selector.register(connection, selectors.EVENT_READ)

    def wait_for(self, subject, seconds):
        """Moments (monotonic) at which each connection heard of the subject; those that did not within `seconds` are absent."""
        wanted = subject.encode()
        heard = {}
        until = time.monotonic() + seconds
        while len(heard) < len(self.sockets) and time.monotonic() < until:
            for key, _ in self.selector.select(0.1):
                data = key.fileobj.recv(65536)
                if not data:
                    raise RuntimeError('a live connection ended')
                if wanted in data:
                    heard.setdefault(key.fileobj, time.monotonic())
        return sorted(heard.values())

    def close(self):
        for connection in self.sockets:
            connection.close()
