"""councils: Ofsted's judgements beside an area's figures, for every upper-tier authority in England."""
