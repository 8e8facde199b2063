"""READ FIRST: the whole way of a report, one module a step.

::

    following   feeds that are due      -> entries              one transaction a feed
    pages       entries that wait       -> articles, versions   one transaction an entry
    grouping    articles without place  -> origins, stories     one transaction a batch
    meaning     between the two         -> vectors              one transaction a batch
    headlines   stories with new members-> whose headline they carry
    revising    stories that are two    -> splits, recorded; then those that are one -> merges
    deciding    a person's word         -> merges, splits, recorded like all others
    translating stories in languages    -> origins joined       one transaction a look
    uniting     a translation elsewhere -> its story merged, recorded
    claiming    versions not read yet   -> who said what        one transaction a batch
    ledgering   statements              -> ledger entries       one transaction a look
    picturing   pictures without a copy -> our own small copies
    filing      sources with new rules  -> their articles' sections
    pinning     the editor's word       -> pins, recorded with their reasons
    editing     a changed front page    -> an edition, with its reasons
    posting     readers who are due     -> letters, sent letters
    announcing  new and edited pages    -> told to search engines, where the operator wants it
    upkeep      what was kept enough    -> dropped

`memory` is what the steps of grouping know: the store again, as two indexes of the worker.
Each step asks the store what is missing, takes it under a lease, calls pure functions of the rooms,
and saves what they decided in one transaction. So each can be killed at any moment and run again:
what was committed is there, what was not is still missing. `cli/steps.py` gives the steps to a
runner; `importing` and `exporting` are the researchers' way in and out; `records` is their form.
"""
