"""Checks that a published dataset folder is what Python users expect.

    pip install datasets pyarrow duckdb pillow
    python check_published.py out/fashion-mnist/dt=2026-11-22 [out/fashion-mnist/dt=2026-11-23]

Prints one line per check and exits with 1 when one fails. With a second folder (another date,
perhaps scored by other scorers) it also checks that the two load together.
"""

import argparse
import collections
import hashlib
import json
import pathlib
import sys
import tempfile

import datasets
import duckdb
import pyarrow.compute
import pyarrow.dataset
import pyarrow.parquet

MEDIA = (datasets.Image, datasets.Audio)


class Checks:
    def __init__(self):
        self.failed = 0

    def run(self, name, check):
        """Runs a check, which returns what it saw and raises when that is wrong."""
        try:
            print(f"ok    {name}: {check()}")
        except Exception as error:  # a check that breaks has failed
            self.failed += 1
            print(f"FAIL  {name}: {type(error).__name__}: {error}")


def expect(condition, message):
    if not condition:
        raise AssertionError(message)


def parts(manifest):
    """Rows by configuration and by split: {"default": {"train": 3, ...}, ...}."""
    configs = collections.defaultdict(lambda: collections.defaultdict(int))
    for part, rows in manifest["rows"].items():
        config, split = part.split("/")
        configs[config][split] += rows
        configs["default"][split] += rows
    return configs


def check_manifest(folder, manifest):
    for entry in manifest["files"]:
        path = folder / entry["path"]
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        expect(digest == entry["sha256"], f"{path} has another digest")
    on_disk = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    listed = {entry["path"] for entry in manifest["files"]} | {"manifest.json", "_SUCCESS"}
    expect(on_disk == listed, f"not listed or missing: {sorted(on_disk ^ listed)}")
    return f"{len(manifest['files'])} files with the listed digests"


def load(folder, config, cache):
    name = [] if config == "default" else [config]
    return datasets.load_dataset(str(folder), *name, cache_dir=cache)


def check_splits(loaded, expected):
    seen = {split: len(rows) for split, rows in loaded.items()}
    expect(seen == dict(expected), f"{seen} instead of {dict(expected)}")
    return ", ".join(f"{split} {rows}" for split, rows in sorted(seen.items()))


def check_features(loaded, manifest):
    features = next(iter(loaded.values())).features
    told = []
    for column in manifest["columns"]:
        feature = features[column["name"]]
        if column["type"] == "class-label":
            expect(isinstance(feature, datasets.ClassLabel), f"{column['name']} is {feature}")
            expect(feature.names == column["names"], f"classes are {feature.names}")
        elif column["type"] == "image":
            expect(isinstance(feature, datasets.Image), f"{column['name']} is {feature}")
        told.append(f"{column['name']} {type(feature).__name__}")
    expect(
        [column["name"] for column in manifest["columns"]] + ["_graft"] == list(features),
        f"columns are {list(features)}",
    )
    return ", ".join(told)


def check_decoding(loaded):
    decoded = 0
    shapes = collections.Counter()
    for rows in loaded.values():
        media = [name for name, feature in rows.features.items() if isinstance(feature, MEDIA)]
        for row in rows:
            for name in media:
                image = row[name]
                image.load()
                shapes[(image.mode, image.size)] += 1
                decoded += 1
    expect(decoded > 0, "there is nothing to decode")
    return f"{decoded} decoded, {len(shapes)} kinds: {shapes.most_common(2)}"


def check_streaming(folder):
    rows = datasets.load_dataset(str(folder), split="train", streaming=True)
    return f"first row has {sorted(next(iter(rows)))}"


def check_synthetic_filter(loaded, expected):
    rows = loaded["train"].select_columns(["_graft"])
    synthetic = rows.filter(lambda row: row["_graft"]["is_synthetic"])
    expect(len(synthetic) == expected, f"{len(synthetic)} instead of {expected}")
    ids = {row["_graft"]["sample_id"] for row in rows}
    expect(len(ids) == len(rows), "sample ids are not unique")
    return f"{len(synthetic)} of {len(rows)} rows"


def check_duckdb(folder, manifest):
    for part, rows in manifest["rows"].items():
        counted = duckdb.sql(
            f"select count(*), count(distinct _graft.sample_id) from '{folder}/data/{part}-*.parquet'"
        ).fetchall()[0]
        expect(counted == (rows, rows), f"{part} has {counted} instead of {rows}")
    synthetic = duckdb.sql(
        f"select count(*) from '{folder}/data/*/train-*.parquet' where _graft.is_synthetic"
    ).fetchall()[0][0]
    expect(synthetic == manifest["rows"]["synthetic/train"], f"{synthetic} synthetic rows")
    scores = duckdb.sql(
        "select s.name, count(*), avg(s.value) from (select unnest(_graft.scores) as s"
        f" from '{folder}/data/synthetic/train-*.parquet') group by 1 order by 1"
    ).fetchall()
    return f"same counts in every part; scores {[name for name, _, _ in scores]}"


def check_pyarrow(folder, manifest):
    for part, rows in manifest["rows"].items():
        files = sorted(str(path) for path in folder.glob(f"data/{part}-*.parquet"))
        counted = pyarrow.dataset.dataset(files, format="parquet").count_rows()
        expect(counted == rows, f"{part} has {counted} instead of {rows}")
    everything = pyarrow.dataset.dataset(str(folder / "data"), format="parquet")
    expect(everything.count_rows() == sum(manifest["rows"].values()), "the whole differs")
    marked = pyarrow.compute.field("_graft", "is_synthetic")
    synthetic = everything.filter(marked).count_rows()
    expect(synthetic == manifest["rows"]["synthetic/train"], f"{synthetic} synthetic rows")
    return f"{everything.count_rows()} rows, {synthetic} of them synthetic"


def check_order(folder, manifest):
    labels = [column["name"] for column in manifest["columns"] if column["type"] == "class-label"]
    if not labels:
        return "there are no classes"
    for path in sorted(folder.glob("data/*/*.parquet")):
        values = pyarrow.parquet.read_table(path, columns=labels)[labels[0]].to_pylist()
        changes = sum(a != b for a, b in zip(values, values[1:]))
        classes = len(set(values))
        if len(values) >= 50 and classes > 1:
            expect(changes > len(values) / 4, f"{path.name} is ordered by class")
    return "classes are mixed in every file"


def check_two_dates(folders, cache):
    files = [str(path) for folder in folders for path in sorted(folder.glob("data/*/train-*.parquet"))]
    rows = datasets.load_dataset("parquet", data_files=files, cache_dir=cache)["train"]
    expected = sum(pyarrow.parquet.read_metadata(file).num_rows for file in files)
    expect(len(rows) == expected, f"{len(rows)} instead of {expected}")
    scorers = set()
    for row in rows.select_columns(["_graft"]):
        scorers.add(tuple(score["name"] for score in row["_graft"]["scores"]))
    kinds = [type(feature).__name__ for feature in rows.features.values()]
    return f"{len(rows)} rows, features {kinds}, scorer lists {sorted(scorers)}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("second", type=pathlib.Path, nargs="?")
    arguments = parser.parse_args()
    datasets.disable_progress_bars()
    checks = Checks()
    folder = arguments.folder.resolve()
    manifest = json.loads((folder / "manifest.json").read_text())
    with tempfile.TemporaryDirectory() as cache:
        checks.run("manifest", lambda: check_manifest(folder, manifest))
        for config, expected in sorted(parts(manifest).items()):
            loaded = {}

            def load_config():
                loaded.update(load(folder, config, cache))
                return check_splits(loaded, expected)

            checks.run(f"load_dataset {config}", load_config)
            checks.run(f"features {config}", lambda: check_features(loaded, manifest))
            checks.run(f"decode {config}", lambda: check_decoding(loaded))
            if config == "default":
                synthetic = manifest["rows"]["synthetic/train"]
                checks.run("filter", lambda: check_synthetic_filter(loaded, synthetic))
        checks.run("streaming", lambda: check_streaming(folder))
        checks.run("duckdb", lambda: check_duckdb(folder, manifest))
        checks.run("pyarrow", lambda: check_pyarrow(folder, manifest))
        checks.run("order", lambda: check_order(folder, manifest))
        if arguments.second:
            both = [folder, arguments.second.resolve()]
            checks.run("two dates", lambda: check_two_dates(both, cache))
    print(f"{checks.failed} failed" if checks.failed else "all checks passed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
