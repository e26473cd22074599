"""Another converter of LaTeX on the texts of `latex_report`: PYTHON tests/bench/latex_peer.py IN OUT.

PYTHON is of an environment with pylatexenc and Polars; this file needs nothing of Papersheaf. Prints seconds.
"""

import sys
import time

import polars as pl


def main() -> None:
    """Converts the column `source` of a Parquet file as the manual says; a text that fails is empty."""
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]  # noqa: PLC0415  the peers have it

    convert = LatexNodes2Text().latex_to_text

    def converted(text: str) -> str:
        try:
            return str(convert(text))
        except Exception:  # noqa: BLE001  whatever it fails with, the text is lost
            return ""

    texts = pl.read_parquet(sys.argv[1])["source"].to_list()
    begin = time.perf_counter()
    made = [converted(text) for text in texts]
    print(time.perf_counter() - begin)
    pl.DataFrame({"text": made}).write_parquet(sys.argv[2])


if __name__ == "__main__":
    main()
