"""Training speed of the families in plain PyTorch, alone or beside Graft's.

    pip install torch==2.7.1 numpy pyyaml
    python src/test/python/bench_training.py models/image-gan.yaml          # PyTorch alone
    mvn -q test-compile dependency:build-classpath -Dmdep.includeScope=test \\
      -Dmdep.outputFile=target/test.classpath
    python src/test/python/bench_training.py --graft target/test.classpath models/image-*.yaml

With --graft each definition is trained by both in turn, each time in a new process, on one thread
or as many as the definition has parts (training.parts), and a table tells images per second (the
median of the rounds) and Graft's over PyTorch's. The numbers of parameters must be equal: that the
networks are the same is held by it. Graft keeps to AVX2 unless a definition says otherwise, so
PyTorch is held to it too; see --capability. Of a BEGAN the game is measured, not the steps before it
in which its autoencoder learns by itself.
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
    r"^(\S+): ([\d,]+) parameters, training ([\d,]+) images a second,"
    r" ([\d,]+) a processor second$",
    re.M,
)


def measure(path, steps, layout):
    import torch

    import reference
    from reference import definition as definitions
    from reference.pictures import Pictures

    definition = definitions.read(path)
    torch.set_num_threads(definition["training"].get("parts", 1))
    torch.manual_seed(1)
    batch = definition["training"]["batch"]
    for part, training in reference.FAMILIES[definition["family"]].items():
        trained = training(definition, Pictures(batch))
        trained.lay_out(getattr(torch, layout))
        for step in range(steps // 4):
            trained.update(step)
        start, processor_start = time.perf_counter(), time.process_time()
        for step in range(steps // 4, steps // 4 * 3):
            trained.update(step)
        seconds = time.perf_counter() - start
        processor_seconds = time.process_time() - processor_start
        images = (steps // 4 * 3 - steps // 4) * batch
        name = "-".join(filter(None, [pathlib.Path(path).stem, part]))
        print(
            f"{name}: {trained.size():,} parameters, training {images / seconds:,.0f} images"
            f" a second, {images / processor_seconds:,.0f} a processor second"
        )


def results(command, environment=None):
    output = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env=environment
    ).stdout
    return {
        name: [int(number.replace(",", "")) for number in numbers]
        for name, *numbers in RESULT.findall(output)
    }


def compare(arguments):
    root = pathlib.Path(__file__).resolve().parents[3]
    classpath = pathlib.Path(arguments.graft).read_text().strip()
    classes = f"{root}/target/test-classes:{root}/target/classes:{classpath}"
    java = ["java", "-Xmx2g", "-XX:+UseParallelGC", "-cp", classes]
    java += ["dev.graft.bench.TrainingBenchmark"]
    python = [sys.executable, __file__, "--layout", arguments.layout]
    capability = arguments.capability
    limits = {"ATEN_CPU_CAPABILITY": "avx2", "ONEDNN_MAX_CPU_ISA": "AVX2"}
    environment = {**os.environ, **(limits if capability == "avx2" else {})}
    steps = str(arguments.steps)
    print("Images a second of the clock and of processor time, medians; ratios of each round.\n")
    print("| | parameters | Graft | PyTorch | ratio | by processor time | ratios |")
    print("|---|---|---|---|---|---|---|")
    for path in arguments.definitions:
        rounds = []
        for _ in range(arguments.rounds):
            graft = results([*java, path, steps, f"compute.capability={capability}"])
            rounds.append((graft, results([*python, "--steps", steps, path], environment)))
        for name in rounds[0][0]:
            print(row(name, [(graft[name], torch[name]) for graft, torch in rounds]), flush=True)


def row(name, rounds):
    sizes = {size for graft, torch in rounds for size in (graft[0], torch[0])}
    if len(sizes) > 1:
        sys.exit(f"{name}: not the same network, for parameters are {sorted(sizes)}")
    clock = [graft[1] / torch[1] for graft, torch in rounds]
    processor = [graft[2] / torch[2] for graft, torch in rounds]
    ours = [statistics.median(graft[i] for graft, _ in rounds) for i in (1, 2)]
    theirs = [statistics.median(torch[i] for _, torch in rounds) for i in (1, 2)]
    return (
        f"| {name} | {sizes.pop():,} | {ours[0]:,.0f} / {ours[1]:,.0f}"
        f" | {theirs[0]:,.0f} / {theirs[1]:,.0f} | {statistics.median(clock):.2f}"
        f" | {statistics.median(processor):.2f}"
        f" | {' '.join(f'{a:.2f}/{b:.2f}' for a, b in zip(clock, processor))} |"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("definitions", nargs="+", help="files as in models/")
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--layout",
        choices=["contiguous_format", "channels_last"],
        default="channels_last",
        help="of images and convolutions in PyTorch",
    )
    parser.add_argument(
        "--capability",
        choices=["avx2", "avx512"],
        default="avx2",
        help="instruction set of both; avx512: Graft may use it, PyTorch is left as it is",
    )
    parser.add_argument("--graft", metavar="FILE", help="class path of Graft's tests")
    arguments = parser.parse_args()
    if arguments.graft:
        compare(arguments)
    else:
        for path in arguments.definitions:
            measure(path, arguments.steps, arguments.layout)


if __name__ == "__main__":
    main()
