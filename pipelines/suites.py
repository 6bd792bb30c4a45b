"""Running Great Expectations: one process, one context in a folder of its own, pandas frames in, outcomes out.

The pandas engine is fed from DuckDB since GX's SQL engine cannot read DuckDB. A run writes identifiers into the suites
it loads, so it works on a copy in a temporary folder and the committed suites stay as written.
"""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    import pandas as pd

ROW = "row_in_table"
_CONTEXT = """\
config_version: 4.0
plugins_directory: plugins/
stores:
  expectations_store:
    class_name: ExpectationsStore
    store_backend: {class_name: TupleFilesystemStoreBackend, base_directory: expectations/}
  validation_results_store:
    class_name: ValidationResultsStore
    store_backend: {class_name: TupleFilesystemStoreBackend, base_directory: results/}
  checkpoint_store:
    class_name: CheckpointStore
    store_backend: {class_name: TupleFilesystemStoreBackend, base_directory: checkpoints/}
  validation_definition_store:
    class_name: ValidationDefinitionStore
    store_backend: {class_name: TupleFilesystemStoreBackend, base_directory: validation_definitions/}
expectations_store_name: expectations_store
validation_results_store_name: validation_results_store
checkpoint_store_name: checkpoint_store
data_docs_sites:
  docs:
    class_name: SiteBuilder
    show_how_to_buttons: false
    store_backend: {class_name: TupleFilesystemStoreBackend, base_directory: data_docs/}
    site_index_builder: {class_name: DefaultSiteIndexBuilder}
analytics_enabled: false
progress_bars: {globally: false, metric_calculations: false}
"""


class Runner:
    """A Great Expectations context for the length of a `with` block; `run` validates one frame by one suite."""

    def __init__(self, docs: Path | None = None) -> None:
        self._docs = docs
        self._folder = tempfile.TemporaryDirectory(prefix="councils-gx-")
        self._definitions: list[Any] = []

    def __enter__(self) -> "Runner":
        # Its import warns of deprecations in packages of its own; they are not this run's.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            import great_expectations as gx
        root = Path(self._folder.name)
        (root / "gx").mkdir()
        (root / "gx" / "great_expectations.yml").write_text(_CONTEXT, encoding="utf-8")
        self._gx = gx
        self._context = gx.get_context(mode="file", project_root_dir=str(root))
        self._source = self._context.data_sources.add_pandas("candidates")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A build that a broken rule stops has pages that show which.
        if self._docs is not None and (kind is None or issubclass(kind, CouncilsError)):
            self._write_docs(self._docs)
        self._folder.cleanup()

    def run(self, suite: dict[str, Any], frame: "pd.DataFrame") -> Iterator[dict[str, Any]]:
        """Outcomes of one suite on one frame: `meta`, `success`, `raised` (text or None), `rows` (row numbers)."""
        name = suite["name"]
        loaded = self._gx.ExpectationSuite(
            name=name,
            meta=suite.get("meta", {}),
            expectations=[_expectation(self._gx, e) for e in suite["expectations"]],
        )
        loaded = self._context.suites.add(loaded)
        batch = self._source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("all")
        definition = self._context.validation_definitions.add(
            self._gx.ValidationDefinition(name=name, data=batch, suite=loaded)
        )
        checkpoint = self._context.checkpoints.add(
            self._gx.Checkpoint(
                name=name,
                validation_definitions=[definition],
                result_format={
                    "result_format": "COMPLETE",
                    "unexpected_index_column_names": [ROW],
                    "include_unexpected_rows": False,
                },
            )
        )
        result = checkpoint.run(batch_parameters={"dataframe": frame})
        for validation in result.run_results.values():
            for outcome in validation.results:
                yield _outcome(outcome.to_json_dict())

    def _write_docs(self, target: Path) -> None:
        from pipelines.data_docs import make_offline

        self._context.build_data_docs()
        made = Path(self._folder.name) / "gx" / "data_docs"
        new = target.with_name(target.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(made, new)
        make_offline(new)
        shutil.rmtree(target, ignore_errors=True)
        new.rename(target)


def _expectation(gx: Any, entry: dict[str, Any]) -> Any:
    """The expectation object of one entry of a suite file."""
    from great_expectations.expectations.registry import get_expectation_impl

    return get_expectation_impl(entry["type"])(meta=entry["meta"], **entry["kwargs"])


def _outcome(outcome: dict[str, Any]) -> dict[str, Any]:
    config = outcome["expectation_config"]
    raised = _raised(outcome.get("exception_info") or {})
    rows = [entry[ROW] for entry in (outcome["result"].get("unexpected_index_list") or [])]
    return {
        "meta": config["meta"],
        "success": outcome["success"],
        "raised": raised,
        "rows": sorted(set(rows)),
    }


def _raised(info: dict[str, Any]) -> str | None:
    """A check that raised is reported as one that failed; its message tells them apart."""
    for entry in [info, *[v for v in info.values() if isinstance(v, dict)]]:
        if entry.get("raised_exception"):
            return str(entry.get("exception_message"))
    return None
