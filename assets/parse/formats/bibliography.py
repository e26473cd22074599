"""What the formats of reference managers share: names of months, mentions of arXiv, paths that tell a user's name."""

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "september", "sept"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
"""English names of months and their abbreviations, in lower case -> 1 to 12."""

ARXIV_NUMBER = r"(?:\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d{1,3})?"
ARXIV_MENTION = (
    rf"(?i)(?:\barxiv(?:\.org/(?:abs|pdf|html)/|[:.]\s?|\s)|\bcorr,?\s(?:vol\.?\s)?abs/|^abs/)({ARXIV_NUMBER})(?:\D|$)"
)
"""An arXiv identifier where a link, a journal (`arXiv preprint arXiv:…`, `CoRR`) or a volume (`abs/…`) names it."""

HOME_PATH = r"(?i)(?:^|[:;\s{\"'])(?:file:|~/)|(?:/|\\)+(?:home|users|documents and settings|volumes)(?:/|\\)"
"""A path on somebody's machine: it may hold the name of an account."""

IS_ARXIV_MENTION = re.compile(ARXIV_MENTION)
IS_HOME_PATH = re.compile(HOME_PATH)
