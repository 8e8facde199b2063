"""Articles with vectors, as the pipeline gives them to grouping, and what the vectors cost."""

import sys
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dateline.encoders import Encoder, open_encoder
from dateline.model import Lead
from dateline.settings import find_setting
from dateline.stories.features import describe

BATCH = 32


def open_model() -> Encoder | None:
    """Return the model that `--model NAME` names, else the one that is the default; warm."""
    name = str(find_setting("story_model", "bench").default)
    if "--model" in sys.argv[:-1]:
        name = sys.argv[sys.argv.index("--model") + 1]
    encoder = open_encoder(name)
    if encoder:
        encoder.encode(["warm"])
    return encoder


def give_vectors(encoder: Encoder | None, leads: Sequence[Lead]) -> tuple[list[Lead], float]:
    """Return the leads with vectors, and the seconds of processor time that one took."""
    if encoder is None:
        return list(leads), 0.0
    began, found = time.process_time(), list[Lead]()
    for start in range(0, len(leads), BATCH):
        batch = leads[start : start + BATCH]
        vectors = np.round(127 * encoder.encode([describe(lead) for lead in batch]))
        for lead, vector in zip(batch, vectors.astype(np.int8), strict=True):
            found.append(replace(lead, vector=vector.tobytes()))
    return found, (time.process_time() - began) / max(1, len(found))
