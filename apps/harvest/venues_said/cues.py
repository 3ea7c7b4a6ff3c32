"""Words that say what became of a paper, and what a venue is spoken of for."""

from __future__ import annotations

import re


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


TAKEN = _any(
    r"\baccept(?:ed|ance)?\b",
    r"\b(?:to|will|shall) appear\b",
    r"\bappear(?:s|ed|ing)\b",
    r"\bpublish(?:ed)?\b",
    r"\bpublication (?:in|at)\b",
    r"\bforthcoming\b",
    r"\bin press\b",
    r"\bcamera[- ]?ready\b",
    r"\bpresent(?:ed|ation)\b",
    r"\bbest\s+(?:\w+\s+){0,2}paper\b",
    r"录用|接收|接受|录取|发表|收录|刊登|中稿",
)
# Where nothing else is said.
PERHAPS_TAKEN = _any(r"\bproceedings\b|\bproc\.", r"\b(?:papers?|article|poster|oral|spotlight)\s+(?:at|in)\b")
NOT_TAKEN = _any(
    r"\b(?:re)?submi(?:t|ss)\w*",
    r"\bunder\s+(?:\w+[ -])?(?:review|consideration|submission|revision|evaluation)\b",
    r"\bin\s+(?:peer[ -])?review\b|\breviewing\b",
    r"\breject\w*|\bdeclin\w+|\bwithdr[ae]w\w*",
    r"\b(?:not|never|nor)\s+(?:yet\s+)?(?:been\s+|be\s+)?(?:accept|publish|appear|present)\w*",
    r"\bintend\w*|\btarget(?:ed|ing)\b|\bprepar\w+|\bplann?\w*|\baim\w*",
    r"\bconditional\w*|\bprovisional\w*|\bpending\b|\b(?:major|minor)\s+revisions?\b",
    r"投稿|在审|审稿|拟投|拒稿|投至|投递|已投|未录用|未接收",
)
# Said of something that goes with a paper, or of what a venue gives to everybody.
NOT_THE_PAPER = _any(
    r"\bcodes?\b|\bdata\s?sets?\b(?!\s*(?:and|&)\s*benchmark)|\bslides\b|\bvideos?\b|\brepository\b",
    r"\btemplates?\b|\bstyles?\b|\bformat\w*",
    r"\b(?:winn|rank)\w+|\b(?:1st|2nd|3rd|first|second|third)\s+(?:place|prize)|\bsolutions?\b",
    r"\bsee\b|\bcf\b|\bcit(?:e|ing|ation)\w*",
)
# What stands in such a sentence is said of another paper, or of another form of this one.
OF_ANOTHER = _any(
    r"\b(?:extended|expanded|enlarged|longer|long|full|complete|short(?:er|ened)?|preliminary|earl(?:y|ier)|previous|prior|"
    r"initial|journal|conference|workshop|abridged|condensed|substantial\w*|significant\w*)"
    r"\b[\w\s(-]{0,40}?\b(?:version|extension|abstract|form|manuscript|parts?|draft)s?\)?\s+(?:of|to|from|has|have|had|was|"
    r"were|is|are|will|appear\w*|accepted|published|in|at|for|on|presented|submitted)\b",
    r"\ban?\s+(?:[\w-]+\s+){0,2}(?:version|part|subset|summary|portion)\s+of\b",
    r"\b(?:version|extension|summary|part|expansion)\s+of\s+(?:our|my|the\s+authors?'?)\b",
    r"\bextend(?:s|ing)\b|\bextension\s+(?:of|to)\b|\bextended\s+from\b|\bextend(?:ed)?\s+our\b",
    r"\bbuild(?:s|ing)?\s+(?:up)?on\b|\bbased\s+on\b|\bfollow-?up\b|\bsupersed\w+|\breplaces\b",
    r"\bsupplement\w*(?:\s+materials?)?\s+(?:to|for|of)\b|\bappendi(?:x|ces)\s+(?:to|of|for)\b",
    r"\bcompanion\s+(?:paper|article|report)?\s*(?:to|of|for)\b|\bcomments?\s+(?:on|to)\b|\brepl(?:y|ies)\s+to\b|\bresponse\s+to\b",
    r"\b(?:reproduction|replication|translation|summary|review|survey|analysis|study)\s+of\b",
    r"\berrat(?:um|a)\b|\bcorrigend(?:um|a)\b|\b(?:our|their|other|all|these|many|of)\s+(?:\w+\s+)?papers\b",
    r"\bpapers\s+(?:\w+\s+)?(?:from|published|accepted|presented|appear\w*)\b",
    r"\btechnical\s+report\s+(?:of|for|accompanying)\b|\b(?:phd|doctoral|master'?s?)\s+thesis\b",
    r"扩展版|长文版|前期版本|投稿版",
)
WORKSHOP = _any(r"\bworkshops?\b", r"\bco-?located\b", r"\bin conjunction with\b", r"\bworking notes\b", r"研讨会")
# What has the name of a venue, but is not what a paper is published in.
NOT_THE_VENUE = _any(
    r"\bcups?\b|\bchallenges?\b|\bcompetitions?\b|\bhackathons?\b|\bshared\s+task",
    r"\btutorials?\b|\bkeynotes?\b|\bpanels?\b|\bconsorti(?:um|a)\b|\bdoctoral\b|\bsymposi(?:um|a)\b|\binvited\b",
    r"\bdemos?\b|\bdemonstrations?\b|\bstudent abstract|\bsrw\b|\blate[- ]breaking|\blbw\b",
    r"\blbr\b|\btiny papers?\b|\bblog\s?posts?\b|\brolling review\b|\bproposals?\b|\bsponsor\w*|\breadings?\b",
)
FINDINGS = _any(r"\bfindings\b")
DATASETS = _any(r"\bdatasets?\s+(?:and|&)\s+benchmarks?\b")
COMPANION = _any(r"\bcompanion\b", r"\badjunct\b")
# What may stand beside a venue without making another one of it.
BESIDE = frozenset(
    "a accepted ads an and annual annals appear appearing appeared appears applied april article as at august award best "
    "by cameraready conference data december edition february for forthcoming full highlight highlights honorable in "
    "industrial industry international january journal july june long main mention may november october of on oral our "
    "paper papers perspective perspectives poster presentation presented press proc proceedings published ready regular "
    "report reproducibility research resource resources science september series short special issue spotlight survey the this to "
    "track volume vol with within th camera conferencepaper ieee acm cvf aaai siam usenix ccf springer elsevier "
    "annualmeeting meeting technical program session v1 v2 v3 v4 version final march".split()
)
