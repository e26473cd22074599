"""The command `publish`: releases go to where readers find them."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.cli.options import DEFAULT_HOME, HomeOption
from pipeline.cli.output import FAILED, console, fail, print_table, say

if TYPE_CHECKING:
    from assets.release.delivery.deliver import Delivery


def add_to(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command(epilog="Example: sheaf publish --to s3://library/papers --keep 3")(publish)


def publish(
    to: Annotated[str, typer.Option(help="Where to: a folder, or a URL such as s3://bucket/prefix (gs://, az://).")],
    version: Annotated[str | None, typer.Argument(help="The release.", show_default="the current one")] = None,
    home: HomeOption = DEFAULT_HOME,
    layout: Annotated[
        Literal["archive", "huggingface"],
        typer.Option(help="How it lies there: as at home, or as a dataset repository of the Hugging Face hub."),
    ] = "archive",
    every: Annotated[bool, typer.Option("--all", help="Publish all releases of the home.")] = False,
    keep: Annotated[
        int | None, typer.Option(help="How many releases, the newest, stay there.", show_default="all")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Read every byte that is there again.")] = False,
    take_over: Annotated[
        bool, typer.Option("--take-over", help="Replace what another home, or somebody by hand, has published there.")
    ] = False,
) -> None:
    """Publish a release: copy it, then switch the pointer, then delete what is stale."""
    from assets.release.delivery.deliver import deliver
    from assets.release.delivery.places import Layout, open_target
    from assets.release.delivery.plan import Wish
    from assets.release.manifest import ReleaseError, SelectionError

    if version and every:
        fail("either VERSION or --all, not both")
    wish = Wish(version, every=every, keep=keep, check=check, take_over=take_over)
    try:
        done = deliver(home, open_target(to, home), Layout(layout), wish, _show)
    except SelectionError as wrong:
        fail(str(wrong))
    except ReleaseError as problem:
        fail(f"not published: {problem}", FAILED)
    _tell(done, to, check=check)


def _show(path: str) -> None:
    """A file that was copied, where somebody is waiting for it."""
    if console.is_terminal:
        say(f"copied {path}", style="dim")


def _tell(done: "Delivery", to: str, *, check: bool) -> None:
    """What was done for each release, and what readers see now."""
    how = "every byte was read" if check else "compared by size; --check reads every byte"
    current = done.versions.last_successful
    if not done.is_new:
        say(f"{to} is up to date: {current or 'no release'} ({how})")
        return
    rows = [(one.version, one.files, one.copied, one.bytes) for one in done.releases]
    print_table(["release", "files", "copied", "bytes copied"], rows)
    if done.deleted:
        say(f"deleted: {', '.join(done.deleted)}")
    say()
    say(f"{to} shows {current}" if current else f"{to} shows no release any more", style="bold")
