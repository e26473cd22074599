"""The published definitions of the closed vocabularies.

Python keeps no docstring of a member at run time, so they are read from the source of schemas/vocabulary.py and of the
other modules of vocabularies beside it.
"""

import ast
import inspect
from enum import StrEnum
from functools import cache
from itertools import pairwise

from schemas import (
    agreement,
    enrich_vocabulary,
    formats,
    match_vocabulary,
    quantity_vocabulary,
    release_vocabulary,
    vocabulary,
)


@cache
def vocabulary_definitions() -> dict[str, dict[str, str]]:
    """Reads what every member of every closed vocabulary means.

    Returns:
        Name of the vocabulary -> stored value -> its definition, in the order of the source; a member without a
        docstring is left out.
    """
    modules = (
        vocabulary,
        match_vocabulary,
        enrich_vocabulary,
        quantity_vocabulary,
        release_vocabulary,
        agreement,
        formats,
    )
    nodes = [node for module in modules for node in ast.parse(inspect.getsource(module)).body]
    return {node.name: _members(node) for node in nodes if isinstance(node, ast.ClassDef)}


def definition_of(member: StrEnum) -> str:
    """What a member of a closed vocabulary means.

    Raises:
        KeyError: The vocabulary is not one of the published ones, or the member has no docstring.
    """
    return vocabulary_definitions()[type(member).__name__][member]


def _members(node: ast.ClassDef) -> dict[str, str]:
    """The assignments of a class body that a docstring follows: value -> docstring."""
    found = {}
    for member, follower in pairwise(node.body):
        match member, follower:
            case (
                ast.Assign(value=ast.Constant(value=str(value))),
                ast.Expr(value=ast.Constant(value=str(docstring))),
            ):
                found[value] = inspect.cleandoc(docstring)
    return found
