"""Statements of languages other than English: one way of reading, the languages are data.

`lexicon` reads a language's words (`words/*.toml`), `clauses` cuts a text into sentences with their
quotations as single words, `phrases` and `subjects` read noun phrases. `cues` finds what says that
someone says, `sayers` who, `contents` and `quoted` what; `ascribed` reads "laut X", `free` reported
speech without a cue, `loose` the quotations that are left. `reading` goes from sentence to sentence
(`course`), `drafts` makes statements, `trust` says how sure they are. `near` reads quotations of
languages whose grammar is not known here.
"""
