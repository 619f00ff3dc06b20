"""A plan's certificate: what its promises are worth when every contact is replayed one by one.

    certificate = certify(plan, effort=Effort(seed=7, replications=3200, seconds=20.0))
    print(certificate.verdict, [row.verdict for row in certificate.promises])

How verdicts are made, equations (V1) to (V14), stands in docs/explanation/certificate.md.
"""

from planner.certificate.beforehand import Beforehand, beforehand
from planner.certificate.certificate import (
    Certificate,
    CertifiedPromise,
    Customs,
    Replay,
    Verdict,
    WorstInterval,
)
from planner.certificate.estimate import estimated
from planner.certificate.judge import judged
from planner.certificate.looks import looks, spent
from planner.certificate.promised import Spans, spans, times
from planner.certificate.seeds import certificate_seed
from planner.certificate.verdict import overall
from planner.certificate.walk import USUAL, certify
from planner.certificate.worst import worst_intervals

__all__ = [
    "USUAL",
    "Beforehand",
    "Certificate",
    "CertifiedPromise",
    "Customs",
    "Replay",
    "Spans",
    "Verdict",
    "WorstInterval",
    "beforehand",
    "certificate_seed",
    "certify",
    "estimated",
    "judged",
    "looks",
    "overall",
    "spans",
    "spent",
    "times",
    "worst_intervals",
]
