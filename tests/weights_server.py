"""A server of one file on this machine, for what fetches."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from morphstudio.library.embedding_weights import EmbeddingWeights

LENGTH = 3_000_000 // 256 * 256


class WeightsServer:
    """A server of one file, which can be told to misbehave."""

    def __init__(self):
        self.body = bytes(range(256)) * (LENGTH // 256)
        self.status, self.claims, self.holds_after = 200, len(self.body), None
        self.goes_on = threading.Event()
        self.n_asked = 0
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                server.n_asked += 1
                self.send_response(server.status)
                if server.claims is not None:
                    self.send_header("Content-Length", str(server.claims))
                self.end_headers()
                held = len(server.body) if server.holds_after is None else server.holds_after
                try:
                    self.wfile.write(server.body[:held])
                    if server.holds_after is not None:
                        server.goes_on.wait(10)
                        self.wfile.write(server.body[held:])
                except OSError:
                    return

            def log_message(self, *arguments):
                del arguments

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))
        self._thread.start()
        url = f"http://127.0.0.1:{self._http.server_address[1]}/weights.pth"
        self.weights = EmbeddingWeights("made-up", "weights.pth", url, len(self.body))

    def close(self):
        self.goes_on.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
