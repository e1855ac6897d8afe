"""A server of one file on this machine, for what fetches, and a bundle whose weights it has."""

from __future__ import annotations

import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import torch
import torchaudio

from morphstudio.library.embedding_weights import EmbeddingWeights

TINY = {
    "extractor_mode": "group_norm",
    "extractor_conv_layer_config": [(16, 10, 5), (16, 3, 2), (16, 3, 2), (16, 3, 2), (16, 3, 2), (16, 2, 2)],
    "extractor_conv_bias": False,
    "encoder_embed_dim": 24,
    "encoder_projection_dropout": 0.0,
    "encoder_pos_conv_kernel": 16,
    "encoder_pos_conv_groups": 4,
    "encoder_num_layers": 4,
    "encoder_num_heads": 3,
    "encoder_attention_dropout": 0.0,
    "encoder_ff_interm_features": 32,
    "encoder_ff_interm_dropout": 0.0,
    "encoder_dropout": 0.0,
    "encoder_layer_norm_first": False,
    "encoder_layer_drop": 0.0,
    "aux_num_out": None,
}


class TinyBundle:
    """Shaped as those of `torchaudio.pipelines`, and loading by torch's hub as they do."""

    sample_rate = 16_000.0

    def __init__(self, url="http://127.0.0.1:9/tiny.pth"):
        # Nobody listens at the first port: what is not in the folder would be a failed connection.
        self.url = url

    def get_model(self, *, dl_kwargs=None):
        model = torchaudio.models.wav2vec2_model(**TINY)
        model.load_state_dict(torch.hub.load_state_dict_from_url(self.url, **dl_kwargs))
        return model.eval()


def tiny_weights():
    """Bytes of a file of random weights for `TinyBundle`, and what they are called."""
    with torch.random.fork_rng():
        torch.manual_seed(3)
        state = torchaudio.models.wav2vec2_model(**TINY).state_dict()
    file = io.BytesIO()
    torch.save(state, file)
    return file.getvalue(), EmbeddingWeights("made-up", "tiny.pth", file.tell())


class WeightsServer:
    """A server of `tiny_weights`, which can be told to misbehave."""

    def __init__(self):
        self.body, self.weights = tiny_weights()
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
                        server.goes_on.wait(60)
                        self.wfile.write(server.body[held:])
                except OSError:
                    return

            def log_message(self, *arguments):
                del arguments

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/weights.pth"

    def close(self):
        self.goes_on.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
