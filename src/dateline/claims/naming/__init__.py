"""How names are found: word lists, runs of capitals, people, organisations, places, roles."""
