"""Two OpenID providers on loopback: a real one, and one that lies as it is told.

The real one (`oidc-provider-mock`) runs as a program of its own. The lying one signs whatever a
test wants with a key of its own, and says what a test wants at every address.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

_PATIENCE = 60.0
CLIENT = "routekaart"


class RealProvider:
    """`issuer` is its address. People are told to it; a browser signs in as one of them."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer

    def knows(self, sub: str, **claims: Any) -> None:
        requests.put(f"{self.issuer}/users/{sub}", json=claims, timeout=10).raise_for_status()

    def back_from(self, address: str, sub: str) -> str:
        """Where a browser is sent back to after somebody signed in."""
        data = {"sub": sub}
        answer = requests.post(address, data=data, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"].removeprefix("http://testserver")


@contextmanager
def start_real_provider(log: Path) -> Iterator[RealProvider]:
    """Runs until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce"]
    with log.open("wb") as output:
        program = subprocess.Popen(
            command, stdout=output, stderr=output, env={**os.environ, "NO_COLOR": "1"}
        )
        try:
            issuer = f"http://127.0.0.1:{port}"
            _wait_for(issuer, program, log)
            yield RealProvider(issuer)
        finally:
            program.terminate()
            program.wait(10)


def _wait_for(issuer: str, program: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if program.poll() is not None:
            break
        try:
            requests.get(f"{issuer}/jwks", timeout=1).raise_for_status()
        except requests.RequestException:
            # Waiting for a program of its own to listen.
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(log.read_text())


class LyingProvider:
    """Answers a sign-in with a token of which a test changes one thing.

    `config`, `header`, `claims` and `userinfo` are laid over what is right; a value of None takes
    it away.
    """

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
        self.signing_key: Any = self.key
        self.algorithm = "RS256"
        self.kid = "1"
        # The addresses that were asked for, in order.
        self.asked: list[str] = []
        self.config: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.person = {"sub": "7", "email": "", "email_verified": True}
        self.nonce = ""

    def back_from(self, address: str) -> str:
        """Where a browser is sent back to; remembers the nonce that was asked for."""
        asked = parse_qs(urlsplit(address).query)
        self.nonce = asked["nonce"][0]
        back = urlsplit(asked["redirect_uri"][0]).path
        return f"{back}?code=1&state={asked['state'][0]}"

    def answer(self, path: str) -> dict[str, Any]:
        if path == "/.well-known/openid-configuration":
            return _laid_over(
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "userinfo_endpoint": f"{self.issuer}/userinfo",
                    "jwks_uri": f"{self.issuer}/jwks",
                },
                self.config,
            )
        if path == "/jwks":
            public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
            return {"keys": [{**public, "kid": self.kid, "alg": "RS256"}]}
        if path == "/userinfo":
            return _laid_over(dict(self.person), self.userinfo)
        return {"access_token": "x", "token_type": "Bearer", "id_token": self._id_token()}

    def _id_token(self) -> str:
        now = int(time.time())
        right = {
            **self.person,
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
        }
        return jwt.encode(
            _laid_over(right, self.claims),
            self.signing_key,
            algorithm=self.algorithm,
            headers={"kid": self.kid},
        )


def _laid_over(right: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**right, **other}.items() if value is not None}


@contextmanager
def start_lying_provider() -> Iterator[LyingProvider]:
    """Runs until the end of the block."""
    lying: list[LyingProvider] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            lying[0].asked.append(path)
            body = json.dumps(lying[0].answer(path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_args: object) -> None:
            """Nothing on the screen of a test."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    lying.append(LyingProvider(f"http://127.0.0.1:{server.server_port}"))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield lying[0]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
