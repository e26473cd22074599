"""Where tables live during a run: Parquet files under HOME/stage, one per table, each written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import polars as pl

from assets.home import Home
from assets.spill import Spill


def write_parquet(frame: pl.DataFrame, path: Path) -> None:
    """Writes a table beside its place and moves it there, so that nobody reads half a file.

    Args:
        frame: The table, already sorted.
        path: Where it belongs; its folder is created when missing.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(f".{os.getpid()}.tmp")
    frame.write_parquet(aside, compression="zstd", compression_level=1, statistics=True)
    aside.replace(path)


class StageIO(dg.ConfigurableIOManager):
    """Keeps each asset's table as `HOME/stage/<table>.parquet`, and the home to itself while a run is under way."""

    home: dg.ResourceDependency[Home]
    """The folder of the data set."""

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["StageIO"]:  # noqa: ARG002 dagster's
        """Holds the home while Dagster executes a run."""
        with self.home.locked():
            yield self

    def _path(self, key: dg.AssetKey) -> Path:
        return self.home.stage / f"{key.path[-1]}.parquet"

    def handle_output(self, context: dg.OutputContext, obj: pl.DataFrame | Spill) -> None:
        """Writes a table, or takes over the file of one that was too large for memory."""
        path = self._path(context.asset_key)
        if isinstance(obj, Spill):
            path.parent.mkdir(parents=True, exist_ok=True)
            obj.path.replace(path)
        else:
            write_parquet(obj, path)
        rows = obj.rows if isinstance(obj, Spill) else obj.height
        context.add_output_metadata({"dagster/row_count": rows, "file": dg.MetadataValue.path(str(path))})

    def load_input(self, context: dg.InputContext) -> pl.DataFrame | pl.LazyFrame:
        """Reads a table of this run; a step that asks for a LazyFrame gets a scan of its file.

        Raises:
            dagster.Failure: If it was never written, because a run began in the middle.
        """
        path = self._path(context.asset_key)
        if not path.exists():
            raise dg.Failure(f"{path.name} is missing in the stage folder: start the run from the beginning")
        wants_scan = context.dagster_type.typing_type is pl.LazyFrame
        return pl.scan_parquet(path, glob=False) if wants_scan else pl.read_parquet(path, glob=False)
