"""The sample wire: an invented week of news that we wrote, and the small server that serves it.

It is part of the package so that `dateline demo` works after an install as well. Everything here
is invented: countries, people, outlets, agencies. The truth about every report (whose it is, what
it was taken from, which stories it belongs to) is known by construction: see `truth`.
"""

from dateline.sample.serve import SampleWire
from dateline.sample.truth import Told, truth

__all__ = ["SampleWire", "Told", "truth"]
