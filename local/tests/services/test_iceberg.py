from pathlib import Path

import pytest

from local.services import iceberg


def test_only_a_run_that_asks_for_iceberg_has_its_jar(tmp_path: Path) -> None:
    jars = tmp_path / "iceberg-jars"
    jars.mkdir()
    (jars / "iceberg.jar").touch()
    spark_jars = tmp_path / "spark-jars"
    assert iceberg.folders({}, spark_jars) == []
    assert iceberg.folders({"--datalake-formats": "iceberg"}, spark_jars) == [jars]


def test_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="--datalake-formats: invalid value 'delta'; must be iceberg or unset"):
        iceberg.folders({"--datalake-formats": "delta"}, tmp_path)
