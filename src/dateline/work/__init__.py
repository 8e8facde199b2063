"""Work: who does which step when, on one machine or on many, and the pool for risky functions.

Edge. No step knows who calls it: `steps.py` says what a step is, `local.py` runs steps on one
machine, `queue.py` on many (Procrastinate on PostgreSQL). State is in the store's tables.
"""
