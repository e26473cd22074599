"""The command `explain`: why two listings are, or are not, one paper."""

import json
import sys
from datetime import date
from typing import Annotated, Any

import typer

from pipeline.cli.explanation import MOST_KEYS, explanation
from pipeline.cli.options import DEFAULT_HOME, HomeOption, open_published
from pipeline.cli.output import fail, print_facts, print_table, say, shorten
from pipeline.cli.pairs import Facts, find_listing

LONG = 300
"""Characters of a value that are shown; --json has all."""
SHORT_KEY = 60
NO_PAPER = "no paper"
"""What a listing of a reference belongs to that is the same as none of a feed."""


def add_to(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command(epilog="Example: sheaf explain 3fd1a2c4 90b7e6d5")(explain)


def explain(
    first: Annotated[str, typer.Argument(metavar="A", help="A listing or its beginning; a paper: its first listing.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    home: HomeOption = DEFAULT_HOME,
    json_: Annotated[bool, typer.Option("--json", help="Print everything as one JSON object.")] = False,
) -> None:
    """Explain why two listings are one paper or two: features, rule, chain of pairs, cuts, judgements, keys."""
    with open_published(home) as connection:
        one, other = (find_listing(connection, given, home) for given in (first, second))
        if one.listing_id == other.listing_id:
            fail(f"both are the listing {one.listing_id}; name two listings, which sheaf show {one.group} lists")
        found = explanation(connection, one, other, home)
    if json_:
        print_json(found)
        return
    _show_sides(found["listings"])
    _show_pair(found)
    _show_papers(found)
    _show_judgements(found["judgements"])


def print_json(value: Any) -> None:  # noqa: ANN401 what JSON can hold, and dates
    """Prints a value as JSON in ASCII, which no terminal takes for a command."""
    sys.stdout.write(json.dumps(value, indent=2, default=_as_text) + "\n")


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _heading(title: str) -> None:
    say()
    say(title, style="bold")


def _show_sides(sides: list[Facts]) -> None:
    """Both listings, field by field; fields that neither states are left out."""
    rows = [
        (name, _agree(sides[0][name], sides[1][name]), *(_shown(side[name]) for side in sides))
        for name in sides[0]
        if any(side[name] not in (None, "", []) for side in sides)
    ]
    print_table(["field", "", "A", "B"], rows)


def _agree(one: Any, other: Any) -> str:  # noqa: ANN401 any value of a table
    """Whether two values are equal; a value on one side only says nothing."""
    if one in (None, "", []) or other in (None, "", []):
        return ""
    return "=" if one == other else "≠"


def _shown(value: Any) -> str:  # noqa: ANN401 any value of a table
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return shorten(text, LONG)


def _show_pair(found: Facts) -> None:
    """What was seen and decided; for a pair that was never compared, why, and what would have been decided."""
    if found["compared"]:
        _heading("What was decided")
        _show_decision(found["pair"])
        if found["would_be"]:
            _heading("What the rules of this version say")
            _show_decision(found["would_be"])
        return
    _heading("Never compared")
    if found["keys"]["shared"]:
        say("They share blocking keys, but the last run did not compare them: their blocks are beyond the cap.")
    else:
        say("No blocking key brought them together: they share none.")
    _show_keys(found)
    for other in found["other_pairs"][:1]:
        say(
            f"Other listings of the two papers were compared: sheaf explain {other['listing_a']} {other['listing_b']} "
            f"({other['decision']}, {other['reason']}, score {other['score']:.3f})"
        )
    _heading("What would have been decided")
    _show_decision(found["would_be"])


def _show_keys(found: Facts) -> None:
    """The keys that both have, and those that one of them has alone."""
    ids = [side["listing_id"] for side in found["listings"]]
    groups = [("both", found["keys"]["shared"])]
    groups += [(name, found["keys"]["alone"][one]) for name, one in zip("AB", ids, strict=True)]
    rows = []
    for name, keys in groups:
        rows += [(name, key["kind"], shorten(key["key"], SHORT_KEY)) for key in keys[:MOST_KEYS]]
        rows += [(name, "…", f"{len(keys) - MOST_KEYS} more")] if len(keys) > MOST_KEYS else []
    print_table(["listing", "kind", "key"], rows)


def _show_decision(pair: Facts) -> None:
    print_facts(
        [
            ("decision", pair["decision"]),
            ("reason", f"{pair['reason']}: {pair['reason_meaning']}"),
            ("score", _measured(pair["score"])),
            ("brought together by", pair["blocked_by"] or "no key"),
            ("rules", pair["rule_version"]),
        ]
    )
    say()
    rows = [(one["feature"], _measured(one["value"]), _bits(one["bits"]), one["meaning"]) for one in pair["features"]]
    if pair["prior_bits"] is not None:
        rows.append(("", "", _bits(pair["prior_bits"]), "Before anything is compared."))
    print_table(["feature", "value", "bits", "meaning"], rows)


def _bits(value: float | None) -> str:
    """A weight with its sign; empty for what is not weighed by itself."""
    return "" if value is None else f"{value:+g}" if value else "0"


def _measured(value: Any) -> str:  # noqa: ANN401 any value of a feature
    return f"{value:.4g}" if isinstance(value, float) else _shown(value)


def _show_papers(found: Facts) -> None:
    """Whether they are one paper, and by which pairs; or what keeps them apart."""
    papers = [side["paper_id"] for side in found["listings"]]
    chain = found["chain"]
    _heading("One paper" if found["same_paper"] else "Two papers" if all(papers) else "Not one paper")
    if found["same_paper"]:
        say(f"Both belong to {papers[0]}." + (_how(chain)))
    else:
        say(f"A belongs to {papers[0] or NO_PAPER}, B to {papers[1] or NO_PAPER}. {_why_apart(found)}")
    if len(chain) > 1 or (chain and not found["same_paper"]):
        rows = [(step["from"], step["to"], step["reason"], f"{step['score']:.4f}", _crosses(step)) for step in chain]
        print_table(["from", "to", "reason", "score", "cut here"], rows)
    if found["cuts"]:
        say()
        print_table(
            ["listing_a", "listing_b", "cut because", "detail"],
            [(cut["listing_a"], cut["listing_b"], cut["reason"], cut["detail"]) for cut in found["cuts"]],
        )


def _how(chain: list[Facts]) -> str:
    if not chain:
        return " No chain of matching pairs joins them: judgements by way of other listings do."
    return " Their own pair joins them." if len(chain) == 1 else f" A chain of {len(chain)} matching pairs joins them:"


def _why_apart(found: Facts) -> str:
    if found["chain"]:
        return "A chain of matching pairs joins them, and the grouping cut it:"
    return (
        "No chain of matching pairs joins them." if found["chain_complete"] else "No short chain of pairs joins them."
    )


def _crosses(step: Facts) -> str:
    return "" if step["papers"][0] == step["papers"][1] else "yes"


def _show_judgements(judgements: list[Facts]) -> None:
    if not judgements:
        return
    _heading("Judgements")
    form = "%Y-%m-%d %H:%M"
    print_table(
        ["verdict", "author", "judged (UTC)", "taken back (UTC)", "note"],
        [
            (
                one["verdict"],
                one["author"],
                f"{one['judged_at']:{form}}",
                f"{one['deleted_at']:{form}}" if one["deleted_at"] else "",
                one["note"],
            )
            for one in judgements
        ],
    )
