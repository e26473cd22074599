"""Result pages in the layout of a daily-papers site, written for tests."""

HEADER = ["new", "Get trending papers in your email inbox!", "Subscribe", "byAK and the research community"]


def abstract_of(title: str) -> str:
    """A sound abstract that talks about its title."""
    return (
        f"This work is about {title.lower()}. We study the question on three collections of letters from the harbour "
        f"office and compare it with the usual way of doing it. Our results show that {title.lower()} needs half the "
        "time and makes fewer mistakes. We discuss where it fails and what follows from that for the next season."
    )


def page(*titles: str, date: str = "Mar 14", header: bool = True) -> str:
    """The text copy of one page with these titles."""
    paragraphs = [*HEADER, date] if header else []
    for title in titles:
        paragraphs += [title, abstract_of(title)]
    return "\n\n".join(paragraphs)


TITLES = [
    "Sorting Letters by Candlelight",
    "Tide Tables for Patient Readers",
    "A Ledger of Lost Umbrellas",
    "Counting Gulls with Two Cameras",
    "Maps that Forget Their Rivers",
    "Quiet Engines for Loud Rooms",
    "Seventeen Ways to Fold a Sail",
    "Ropes and Knots under Heavy Rain",
]
