"""English: who said what, by a lexicon of cues, a light chunker and rules of the clause."""
