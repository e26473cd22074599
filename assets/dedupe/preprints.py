"""Preprints: where papers lie that may appear elsewhere later, or in several versions."""

SERVERS = r"\b(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|psyarxiv|techrxiv|ssrn|preprints?|openreview|research square)\b"
"""Venues, in search form, that are preprint servers."""
SERVER_DOI = (
    r"10\.(?:48550/arxiv|1101/(?:\d{6,}(?:v\d+)?$|\d{4}\.\d{2}\.\d{2}\.)|64898/|2139/ssrn|21203/rs|26434/chemrxiv"
    r"|(?:31219|31222|31223|31234|31235)/|36227/techrxiv|20944/preprints|22541/)"
)
"""DOIs that preprint servers give: arXiv, bioRxiv and medRxiv (old form, new form, new registrant), SSRN, Research
Square, ChemRxiv, the OSF and its servers, TechRxiv, Preprints.org, Authorea. The publisher of bioRxiv uses its prefix
for journals too."""
REPOSITORY_DOI = r"10\.(?:5281|6084|14293)/"
"""DOIs of Zenodo, figshare and ScienceOpen."""

PREPRINT_DOI = rf"^{SERVER_DOI}"
"""DOIs of preprints."""
VERSIONED_DOI = rf"^(?:{SERVER_DOI}|{REPOSITORY_DOI})"
"""DOIs that are given to every version, so that one work may have several."""
