"""Many questions at once: p corrected by Holm's and Benjamini and Hochberg's rules (statsmodels), in rows and words."""

from collections.abc import Sequence

from pipelines.relations.answer import Estimate, Row


def corrected(estimates: Sequence[Estimate]) -> list[Row]:
    """One row per estimate with a p: as it is, by Holm (any false finding) and by Benjamini-Hochberg (share of them)."""
    from statsmodels.stats.multitest import multipletests

    tested = [e for e in estimates if e.p_value is not None]
    if not tested:
        return []
    p_values = [e.p_value for e in tested]
    holm = multipletests(p_values, method="holm")[1]
    share = multipletests(p_values, method="fdr_bh")[1]
    return [
        {
            "estimate": e.name,
            "of_group": e.group,
            "value": e.value,
            "p_value": e.p_value,
            "p_holm": float(h),
            "p_benjamini_hochberg": float(b),
            "asked_together": len(tested),
        }
        for e, h, b in zip(tested, holm, share, strict=True)
    ]


def many_asked(estimates: Sequence[Estimate]) -> str:
    """The note an answer carries: how many were asked at once, and which hold after Holm's correction."""
    rows = corrected(estimates)
    if not rows:
        return f"{len(estimates)} estimates are shown together, without tests."
    holding = [row for row in rows if row["p_holm"] < 0.05]
    kept = ", ".join(f"{row['of_group']} (p {row['p_holm']:.3f})" for row in holding) or "none"
    return (
        f"{len(rows)} were asked at once; one in twenty intervals misses by chance. "
        f"After Holm's correction these hold at 5 per cent: {kept}."
    )
