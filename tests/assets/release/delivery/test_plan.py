"""Which releases a target will have, and which go."""

import pytest

from assets.release.delivery.plan import Wish, make_plan
from assets.release.manifest import ReleaseError, SelectionError
from assets.release.versions import Versions

A, B, C, D = "2025.01.01.1", "2025.01.01.2", "2025.01.01.10", "2025.02.01.1"


def listed(*items: str, withdrawn: tuple[str, ...] = (), of: str = "") -> Versions:
    versions = Versions(withdrawn=dict.fromkeys(withdrawn, "why"))
    for version in items:
        versions = versions.add(version, f"manifest of {version}{of}")
    return versions


@pytest.mark.parametrize(
    ("home", "there", "folders", "wish", "items", "stale"),
    [
        (listed(A, B), listed(), [], Wish(), (B,), ()),
        (listed(A, B), listed(), [], Wish(A), (A,), ()),
        (listed(A, B), listed(), [], Wish(every=True), (A, B), ()),
        (listed(A, B, C), listed(A), [A], Wish(), (A, C), ()),
        (listed(A, B, C), listed(A, C), [A, C], Wish(B), (A, B, C), ()),
        (listed(A, B, C), listed(A, B), [A, B], Wish(keep=2), (B, C), (A,)),
        (listed(A, B, C), listed(), [], Wish(every=True, keep=2), (B, C), ()),
        (listed(A, B, C), listed(A), [A, B], Wish(), (A, C), (B,)),
        (listed(A, B, C), listed(A), [A, C], Wish(B), (A, B), ()),
        (listed(A, withdrawn=(B,)), listed(A, B), [A, B], Wish(), (A,), (B,)),
        (listed(A, withdrawn=(C,)), listed(A), [A, C], Wish(), (A,), (C,)),
        (listed(withdrawn=(A, B)), listed(A), [A, B], Wish(), (), (A, B)),
        (listed(A), listed(A, withdrawn=(B,)), [A, B], Wish(), (A,), (B,)),
        (listed(A), listed(A), [A, D, "data", "2025.01.01"], Wish(), (A,), ()),
        (listed(A), listed(D), [D], Wish(take_over=True), (A,), (D,)),
    ],
    ids=[
        "the current one",
        "an older one",
        "all",
        "one more",
        "an older one beside newer ones",
        "the newest stay",
        "the newest of all",
        "an interrupted copy that nobody needs",
        "an interrupted copy that may go on",
        "withdrawn",
        "withdrawn before it was whole",
        "all withdrawn",
        "withdrawn there before",
        "folders of others",
        "taken over",
    ],
)
def test_what_is_there_in_the_end(
    home: Versions, there: Versions, folders: list[str], wish: Wish, items: tuple[str, ...], stale: tuple[str, ...]
) -> None:
    plan = make_plan(home, there, folders, wish)
    assert (plan.versions.items, plan.stale) == (items, stale)
    assert plan.versions.last_successful == (items[-1] if items else None)
    assert set(home.withdrawn) <= set(plan.versions.withdrawn)
    assert Versions.from_json(plan.versions.to_json()) == plan.versions


@pytest.mark.parametrize(
    ("home", "wish", "told"),
    [
        (listed(), Wish(), "there is no release yet; make one with: sheaf release"),
        (listed(A), Wish("../x"), f"release ../x is not there; releases are {A}"),
        (listed(A, withdrawn=(B,)), Wish(B), f"release {B} was withdrawn: why; releases are {A}"),
        (listed(A), Wish(keep=0), "--keep needs a number from 1"),
        (listed(A, B), Wish(A, keep=1), f"release {A} is not among the newest 1 that --keep leaves there"),
    ],
    ids=["nothing", "unknown", "withdrawn", "none kept", "not kept"],
)
def test_what_cannot_be_asked_for(home: Versions, wish: Wish, told: str) -> None:
    with pytest.raises(SelectionError) as wrong:
        make_plan(home, listed(B) if wish.keep else listed(), [], wish)
    assert str(wrong.value) == told


def test_releases_of_another_home_are_safe() -> None:
    with pytest.raises(ReleaseError, match=f"{D} there is of another home; --take-over replaces"):
        make_plan(listed(A), listed(A, D), [A, D], Wish())
    with pytest.raises(ReleaseError, match=f"another release is called {A} there"):
        make_plan(listed(A), listed(A, of="another"), [A], Wish(take_over=True))
