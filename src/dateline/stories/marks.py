"""Words by which a headline says that its page sums up or follows live, in many languages."""

SUMS_UP = (
    "live", "live blog", "liveblog", "live updates", "as it happened", "round-up", "roundup",
    "briefing", "newsletter", "at a glance", "newsblog", "newsticker", "überblick", "en direct",
    "en vivo", "minuto a minuto", "ao vivo", "онлайн", "прямой эфир", "наживо", "дайджест",
    "ζωντανά",
)  # fmt: skip
