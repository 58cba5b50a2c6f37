"""Tokens a second that Graft and the same network in plain PyTorch draw, a batch at a time.

    pip install torch==2.7.1 numpy pyyaml
    mvn -q test-compile dependency:build-classpath -Dmdep.includeScope=test \\
      -Dmdep.outputFile=target/test.classpath
    python src/test/python/bench_decoding.py --graft target/test.classpath models/text-transformer.yaml

Both keep the keys and values of the tokens before, draw texts of the most tokens, none of which may
end before, in turn, each time in a new process on one thread; Graft also turns its tokens into
canonical rows. The numbers of parameters must be equal. Graft keeps to AVX2 unless a definition says
otherwise, so PyTorch is held to it too.
"""

import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time

RESULT = re.compile(
    r"batches of ([\d,]+), ([\d,]+) parameters, drawing ([\d,]+) tokens a second,"
    r" ([\d,]+) a processor second"
)
LIMITS = {"ATEN_CPU_CAPABILITY": "avx2", "ONEDNN_MAX_CPU_ISA": "AVX2"}


def measure(path, batch, parameters, batches, top_p):
    import torch

    from reference import definition as definitions
    from reference.language import Transformer

    torch.set_num_threads(1)
    torch.manual_seed(1)
    architecture = definitions.read(path)["architecture"]
    network = Transformer(architecture, codes_of(architecture, parameters), 1)
    labels = torch.zeros(batch, dtype=torch.long)
    for _ in range(batches // 2):
        network.draw(labels, top_p)
    start, processor_start = time.perf_counter(), time.process_time()
    for _ in range(batches):
        network.draw(labels, top_p)
    seconds = time.perf_counter() - start
    processor_seconds = time.process_time() - processor_start
    tokens = batches * batch * network.positions
    print(
        f"batches of {batch}, {network.size():,} parameters, drawing {tokens / seconds:,.0f}"
        f" tokens a second, {tokens / processor_seconds:,.0f} a processor second"
    )


def codes_of(architecture, parameters):
    """How many codes a network of so many parameters has: each adds 2 width + 1 of them."""
    from reference.language import Transformer

    rest = parameters - Transformer(architecture, 0, 1).size()
    codes, left = divmod(rest, 2 * architecture["width"] + 1)
    if left:
        sys.exit(f"no such network has {parameters:,} parameters")
    return codes


def result(command, environment=None):
    output = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env=environment
    ).stdout
    return [int(number.replace(",", "")) for number in RESULT.search(output).groups()]


def compare(arguments):
    root = pathlib.Path(__file__).resolve().parents[3]
    classpath = pathlib.Path(arguments.graft).read_text().strip()
    classes = f"{root}/target/test-classes:{root}/target/classes:{classpath}"
    java = ["java", "-Xmx2g", "-XX:+UseParallelGC", "-cp", classes]
    java += ["dev.graft.bench.DecodingBenchmark"]
    environment = {**os.environ, **LIMITS}
    print("Tokens a second of the clock and of processor time, medians; ratios of each round.\n")
    print("| | top-p | parameters | Graft | PyTorch | ratio | by processor time | ratios |")
    print("|---|---|---|---|---|---|---|---|")
    for path in arguments.definitions:
        for top_p in arguments.top_p:
            rounds = []
            for _ in range(arguments.rounds):
                graft = result([*java, path, str(arguments.batches), str(top_p)])
                python = [sys.executable, __file__, "--batches", str(arguments.batches)]
                python += ["--top-p", str(top_p), "--batch", str(graft[0])]
                python += ["--parameters", str(graft[1]), path]
                rounds.append((graft, result(python, environment)))
            print(row(pathlib.Path(path).stem, top_p, rounds), flush=True)


def row(name, top_p, rounds):
    sizes = {run[1] for both in rounds for run in both}
    if len(sizes) > 1:
        sys.exit(f"{name}: not the same network, for parameters are {sorted(sizes)}")
    ratios = [[graft[i] / torch[i] for graft, torch in rounds] for i in (2, 3)]
    graft, torch = (
        " / ".join(f"{statistics.median(both[side][i] for both in rounds):,.0f}" for i in (2, 3))
        for side in (0, 1)
    )
    return (
        f"| {name} | {top_p} | {sizes.pop():,} | {graft} | {torch}"
        f" | {statistics.median(ratios[0]):.2f} | {statistics.median(ratios[1]):.2f}"
        f" | {' '.join(f'{a:.2f}/{b:.2f}' for a, b in zip(*ratios))} |"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("definitions", nargs="+", help="files as in models/")
    parser.add_argument("--batches", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--top-p", type=float, nargs="+", default=[1.0, 0.95])
    parser.add_argument("--batch", type=int, help="texts at a time of PyTorch alone")
    parser.add_argument("--parameters", type=int, help="of PyTorch alone")
    parser.add_argument("--graft", metavar="FILE", help="class path of Graft's tests")
    arguments = parser.parse_args()
    if arguments.graft:
        compare(arguments)
    else:
        measure(
            arguments.definitions[0],
            arguments.batch,
            arguments.parameters,
            arguments.batches,
            arguments.top_p[0],
        )


if __name__ == "__main__":
    main()
