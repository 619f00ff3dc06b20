"""The certificate's own random numbers: nobody who repairs a plan may have seen them."""

from __future__ import annotations

from hashlib import sha256


def certificate_seed(seed: int) -> int:
    """(V10)  The number that the replay of a certificate starts from: 128 bits of sha256("certificate SEED").

    A replay started by hand or by a loop that repairs plans takes its small seed as it is, so that what
    it learned of its own days is worth nothing in these.
    """
    return int.from_bytes(sha256(f"certificate {seed}".encode()).digest()[:16], "big")
