"""arXiv's categories: what they are called, and in which spelling. Pure."""

from __future__ import annotations

import re

# Of each archive its classes; "" for an archive that has none.
_CLASSES = {
    "astro-ph": "CO EP GA HE IM SR",
    "cond-mat": "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con",
    "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS PF PL RO SC "
    "SD SE SI SY",
    "econ": "EM GN TH",
    "eess": "AS IV SP SY",
    "gr-qc": "",
    "hep-ex": "",
    "hep-lat": "",
    "hep-ph": "",
    "hep-th": "",
    "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST",
    "math-ph": "",
    "nlin": "AO CD CG PS SI",
    "nucl-ex": "",
    "nucl-th": "",
    "physics": "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn gen-ph geo-ph "
    "hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph",
    "q-bio": "BM CB GN MN NC OT PE QM SC TO",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "quant-ph": "",
    "stat": "AP CO ME ML OT TH",
}
KNOWN = tuple(
    name
    for archive, classes in _CLASSES.items()
    for name in (archive, *(f"{archive}.{each}" for each in classes.split()))
)
_BY_KEY = {name.casefold(): name for name in KNOWN}
_SHAPE = re.compile(r"[a-z][a-z-]{1,15}(\.[A-Za-z][A-Za-z-]{1,15})?")


def parse(text: str) -> str | None:
    """The category in arXiv's spelling (`CS.ir` is cs.IR), one that we do not know as it stands; None for what is none."""
    text = text.strip()
    return _BY_KEY.get(text.casefold()) or (text if _SHAPE.fullmatch(text) else None)
