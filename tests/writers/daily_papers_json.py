"""Writes daily-papers JSON, with the accounts that its reader leaves out, and says what the reader should state."""

import json
from collections.abc import Iterable
from typing import Any

from tests.papers import Paper

ACCOUNT = {
    "_id": "0123456789abcdef01234567",
    "avatarUrl": "/avatars/0000.svg",
    "fullname": "Somebody Else",
    "name": "somebody-else",
    "user": "somebody-else",
    "type": "user",
    "isPro": False,
}
"""What the site knows of a person; none of it may come out."""
PERSONAL = ("0123456789abcdef01234567", "avatar", "ebody", "isPro")
"""Parts of it that show that some did."""


def write(papers: Iterable[Paper]) -> bytes:
    """An array of entries, one per paper."""
    return b"[" + ",".join(json.dumps(entry(one), ensure_ascii=False) for one in papers).encode() + b"]"


def write_printed(papers: Iterable[Paper]) -> bytes:
    """The wrapper object, its entries as strings in Python's notation."""
    entries = [repr(entry(one)) for one in papers]
    wrapper = {"status": "success", "date": "2024-06-03", "count": len(entries), "data": entries}
    return json.dumps(wrapper, ensure_ascii=False).encode()


def expected(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the reader should state of each paper."""
    return [
        {
            "position": position,
            "source_key": one.arxiv_id,
            "title_raw": one.title,
            "abstract_raw": one.abstract,
            "authors_raw": "; ".join(one.names),
            "authors": one.names,
            "published_raw": f"{one.published}T10:00:00.000Z",
            "arxiv_raw": one.arxiv_id,
            "urls": [f"https://code.example/{one.number}", f"https://project.example/{one.number}"],
            "votes_raw": str(one.votes),
            "comments_raw": str(one.comments),
        }
        for position, one in enumerate(papers, start=1)
    ]


def kept(paper: Paper) -> dict[str, Any]:
    """What `source_fields` should hold of a paper."""
    return {
        "publishedAt": f"{paper.published}T12:00:00.000Z",
        "thumbnail": f"https://cdn.example/{paper.arxiv_id}.png",
        "mediaUrls": [f"https://cdn.example/uploads/[account removed]/{paper.number}.mp4"],
        "organization": {"_id": "67", "name": "harbour", "fullname": "Harbour Office"},
        "paper": {
            "discussionId": "68",
            "ai_summary": "Gulls were counted.",
            "ai_keywords": ["gulls"],
            "githubRepo": f"https://code.example/{paper.number}",
            "githubStars": 7,
            "projectPage": f"https://project.example/{paper.number}",
            "submittedOnDailyAt": f"{paper.published}T11:00:00.000Z",
            "authors": [{"hidden": False} for _ in paper.authors],
        },
    }


def entry(paper: Paper) -> dict[str, Any]:
    """One entry of the site."""
    rest = kept(paper)
    authors = [{"_id": ACCOUNT["_id"], "name": name, "hidden": False, "user": ACCOUNT} for name in paper.names]
    return {
        "paper": {
            **rest["paper"],
            "id": paper.arxiv_id,
            "authors": authors,
            "title": paper.title,
            "summary": paper.abstract,
            "publishedAt": f"{paper.published}T10:00:00.000Z",
            "upvotes": paper.votes,
            "submittedOnDailyBy": ACCOUNT,
        },
        "publishedAt": rest["publishedAt"],
        "title": paper.title,
        "summary": paper.abstract,
        "numComments": paper.comments,
        "thumbnail": rest["thumbnail"],
        "mediaUrls": [f"https://cdn.example/uploads/{ACCOUNT['_id']}/{paper.number}.mp4"],
        "submittedBy": ACCOUNT,
        "organization": {**rest["organization"], "avatar": "https://cdn.example/uploads/avatar.png"},
    }
