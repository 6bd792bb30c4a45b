"""The nearest known words to a mistyped one."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Up to `count` known words near to `word`, nearest first; case, spaces and underscores do not count.

    The start of a long name counts as near ("Newcastle" for "Newcastle upon Tyne").
    """
    from difflib import SequenceMatcher

    wanted = _plain(word)
    if not wanted:
        return []
    scored = []
    for candidate in dict.fromkeys(known):
        plain = _plain(candidate)
        score = SequenceMatcher(None, wanted, plain).ratio()
        if len(wanted) > 2 and (plain.startswith(wanted) or wanted in plain):
            score = max(score, 0.8)
        if score >= 0.66:
            scored.append((-score, len(candidate), candidate))
    scored.sort()
    # One that is the word but for case and spaces leaves no doubt.
    if scored and _plain(scored[0][2]) == wanted:
        return [scored[0][2]]
    best = [s for s in scored if -s[0] >= -scored[0][0] - 0.12]
    return [candidate for _, _, candidate in best[:count]]


def _plain(word: str) -> str:
    return "".join(c for c in word.casefold().replace("&", "and") if c.isalnum())


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean 'x' or 'y'?` with its leading space, or nothing where nothing is near."""
    found = [f"'{w}'" for w in nearest(word, known)]
    if not found:
        return ""
    return f" Did you mean {found[0] if len(found) == 1 else ', '.join(found[:-1]) + ' or ' + found[-1]}?"
