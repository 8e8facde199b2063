"""What our stories are measured against: the plain scheme, MinHash alone, an offline reference.

Each takes the leads in order and one number, and returns a group for each lead.
"""

import re
from collections import Counter
from collections.abc import Sequence
from math import log, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.model import Lead

_WORD = re.compile(r"\w+")


def group_plainly(leads: Sequence[Lead], threshold: float) -> list[int]:
    """Whole words, TF-IDF with online document frequency, nearest centroid, one pass."""
    seen: Counter[str] = Counter()
    centroids: list[dict[str, float]] = []
    found = []
    for number, lead in enumerate(leads, start=1):
        counts = Counter(_WORD.findall(f"{lead.headline} {lead.text}".lower()))
        seen.update(counts.keys())
        vector = {w: (1 + log(c)) * log((1 + number) / seen[w]) for w, c in counts.items()}
        length = sqrt(sum(v * v for v in vector.values())) or 1.0
        vector = {w: v / length for w, v in vector.items()}
        cosines = [_cosine(vector, centroid) for centroid in centroids]
        best = max(range(len(cosines)), key=cosines.__getitem__, default=-1)
        if best < 0 or cosines[best] < threshold:
            best = len(centroids)
            centroids.append({})
        for word, value in vector.items():
            centroids[best][word] = centroids[best].get(word, 0.0) + value
        found.append(best)
    return found


def _cosine(vector: dict[str, float], centroid: dict[str, float]) -> float:
    length = sqrt(sum(v * v for v in centroid.values())) or 1.0
    return sum(v * centroid.get(w, 0.0) for w, v in vector.items()) / length


def group_by_minhash(leads: Sequence[Lead], threshold: float) -> list[int]:
    """MinHash of single words (rensa, 128 permutations): joins the likest earlier article."""
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(threshold=threshold, num_perm=128, num_bands=64)
    sketches: list[RMinHash] = []
    found: list[int] = []
    for number, lead in enumerate(leads):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(_WORD.findall(f"{lead.headline} {lead.text}".casefold()))
        near = [(sketch.jaccard(sketches[k]), -k) for k in lsh.query(sketch)]
        best = max(near, default=(0.0, 0))
        found.append(found[-best[1]] if best[0] >= threshold else number)
        lsh.insert(number, sketch)
        sketches.append(sketch)
    return found


def group_offline(leads: Sequence[Lead], samples: float) -> list[int]:
    """HDBSCAN over the vectors, all articles known at once; an upper reference, not a peer.

    The mean of each language is subtracted first. What HDBSCAN calls noise stands alone.
    """
    try:
        from sklearn.cluster import HDBSCAN
    except ImportError:
        raise SystemExit("HDBSCAN needs scikit-learn: pip install dateline[bench]") from None
    model: Any = HDBSCAN(min_cluster_size=2, min_samples=int(samples), copy=True)
    if len(leads) <= samples:
        return list(range(len(leads)))
    labels = model.fit(_read_vectors(leads)).labels_.tolist()
    return [label if label >= 0 else -2 - number for number, label in enumerate(labels)]


def _read_vectors(leads: Sequence[Lead]) -> npt.NDArray[np.float64]:
    vectors = np.stack([np.frombuffer(lead.vector, dtype=np.int8) for lead in leads]) / 127.0
    languages = np.array([lead.language for lead in leads])
    for language in set(languages.tolist()):
        vectors[languages == language] -= vectors[languages == language].mean(axis=0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    shown: npt.NDArray[np.float64] = vectors / np.maximum(lengths, 1e-9)
    return shown
