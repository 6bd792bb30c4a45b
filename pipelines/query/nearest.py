"""The nearest known words to a mistyped one."""

from collections.abc import Iterable

# Words the field says for what the tables name otherwise.
SAID_FOR = {
    "year": "time_period", "council": "la_name", "local_authority": "la_name", "authority": "la_name", "la": "la_name",
    "name": "la_name", "rating": "grade", "judgement": "grade", "judgment": "grade", "indicator": "measure",
    "statistic": "measure", "level": "geographic_level", "date": "published", "lac": "looked_after", "cla": "looked_after",
    "cpp": "child_protection_plans", "cp": "child_protection_plans", "cin": "children_in_need",
    "s47": "section_47_enquiries", "ri": "requires_improvement",
}  # fmt: skip
# What stands before the initials of a council's own name (RBKC, LBHF), and words that initials leave out.
_KINDS = ("rb", "lb", "mb")
_SMALL = {"and", "of", "upon", "the", "with", "city"}


def nearest(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Up to `count` known words near to `word`, nearest first; case, spaces and underscores do not count.

    A part of a long name counts as near ("Hull" for "Kingston upon Hull, City of"), a name with more words around it
    ("Essex County Council" for "Essex"), its initials ("BCP"), and the field's word for a thing ("year").
    """
    wanted = _plain(word)
    if not wanted:
        return []
    candidates = list(dict.fromkeys(known))
    scored = sorted(
        (-score, len(candidate), candidate)
        for candidate in candidates
        if (score := _score(word, wanted, candidate)) >= 0.66
    )
    # One that is the word but for case and spaces leaves no doubt.
    if scored and _plain(scored[0][2]) == wanted:
        return [scored[0][2]]
    said = SAID_FOR.get("_".join(_words(word)))
    if said in candidates:
        return [said]
    best = [s for s in scored if -s[0] >= -scored[0][0] - 0.12]
    return [candidate for _, _, candidate in best[:count]]


def _score(word: str, wanted: str, candidate: str) -> float:
    """How near, 0 to 1."""
    from difflib import SequenceMatcher

    plain = _plain(candidate)
    score = SequenceMatcher(None, wanted, plain).ratio()
    if word.isalpha() and word.isupper() and 2 <= len(word) <= 5 and _is_initials(wanted, candidate):
        return 0.95
    if len(wanted) > 2:
        if _holds_words(candidate, word):
            score = max(score, 0.95)
        elif plain.startswith(wanted):
            score = max(score, 0.85)
        elif wanted in plain and 3 * len(wanted) >= len(plain):
            score = max(score, 0.8)
    if len(plain) > 3 and _holds_words(word, candidate):
        score = max(score, 0.7 + 0.25 * len(plain) / len(wanted))
    return score


def _holds_words(text: str, part: str) -> bool:
    """Whether the words of the part stand in the text, whole and in a row."""
    return f" {' '.join(_words(part))} " in f" {' '.join(_words(text))} "


def _is_initials(wanted: str, candidate: str) -> bool:
    words = _words(candidate)
    if len(words) < 2:
        return False
    every = "".join(w[0] for w in words)
    large = "".join(w[0] for w in words if w not in _SMALL)
    return wanted in {every, large} or (
        len(large) > 1 and wanted[:2] in _KINDS and wanted[2:] in {every, large}
    )


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.casefold().replace("&", " and ")).split()


def _plain(word: str) -> str:
    return "".join(_words(word))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean 'x' or 'y'?` with its leading space, or nothing where nothing is near."""
    found = [f"'{w}'" for w in nearest(word, known)]
    if not found:
        return ""
    return f" Did you mean {found[0] if len(found) == 1 else ', '.join(found[:-1]) + ' or ' + found[-1]}?"
