"""PyTorch's process: commands of the driver, one a line, each answered by one line of JSON."""

import json
import platform
import sys
import time
import traceback

import torch

import jobs
import safetensors_file

ANSWER = "@answer "
# Shorter steps are timed in groups, so that the clock costs less than one part in a hundred.
SHORTEST = 20e-6
WINDOW = 0.25
STABLE = 0.03
LONGEST = 5


def blas():
    """The libraries that multiply matrices; Debian's reference BLAS is a hundred times slower than OpenBLAS."""
    torch.ones(2, 2) @ torch.ones(2, 2)
    try:
        with open("/proc/self/maps") as maps:
            names = {line.split("/")[-1].strip() for line in maps if ".so" in line}
    except OSError:
        names = set()
    return sorted(name for name in names if "blas" in name or "mkl" in name) or ["within torch"]


class Burst:
    """Times a job: in short bursts, every step on the next batch of the pool."""

    def __init__(self, job):
        self.job = job
        self.batch = 0
        self.group = 1

    def warm_up(self, seconds):
        start, previous = time.perf_counter(), float("inf")
        while True:
            window = self.measure(WINDOW, 2)
            elapsed = time.perf_counter() - start
            stable = abs(window["median"] - previous) <= STABLE * previous
            if elapsed >= seconds and stable or elapsed >= LONGEST * seconds:
                return window
            previous = window["median"]

    def measure(self, seconds, steps):
        clock, step, times = time.perf_counter, self.job.step, []
        begin = clock()
        while len(times) < steps or clock() - begin < seconds:
            start = clock()
            for _ in range(self.group):
                step(self.batch)
                self.batch += 1
            times.append((clock() - start) / self.group)
        times.sort()
        count = len(times)
        median = times[count // 2] if count % 2 else (times[count // 2 - 1] + times[count // 2]) / 2
        answer = {"median": median, "min": times[0], "max": times[-1], "steps": count * self.group}
        self.group = int(max(1, min(10_000, SHORTEST / median)))
        return answer


class Contestant:
    def __init__(self):
        self.bursts = {}

    def answer(self, command, values):
        if command == "hello":
            version = f"PyTorch {torch.__version__}, Python {platform.python_version()}, BLAS {', '.join(blas())}"
            return {"version": version}
        if command == "prepare":
            return self.prepare(values)
        if command == "check":
            return self.burst(values).job.check()
        if command == "warm":
            return self.burst(values).warm_up(float(values["seconds"]))
        if command == "measure":
            return self.burst(values).measure(float(values["seconds"]), int(values["steps"]))
        return {"error": f"unknown command {command}"}

    def prepare(self, values):
        torch.set_num_threads(int(values["threads"]))
        request = dict(values)
        request["batch"] = int(values["batch"])
        request["rate"] = float(values["rate"])
        request["input"] = [int(size) for size in values["input"].split("x")]
        layer = values.get("layer", "")
        request["layer"] = layer.split(";") if ";" in layer else [int(size) for size in layer.split(",") if size]
        self.request = request
        self.data = safetensors_file.read(values["data"])
        self.weights = safetensors_file.read(values["weights"])
        self.bursts = {}
        return {"settings": jobs.settings(request), "facts": {}}

    def burst(self, values):
        key = (values["task"], values["setting"])
        if key not in self.bursts:
            self.bursts[key] = Burst(jobs.job(self.request, self.data, self.weights, *key))
        return self.bursts[key]


def main():
    contestant = Contestant()
    for line in sys.stdin:
        command, *fields = line.rstrip("\n").split("\t")
        if command == "quit":
            break
        try:
            answer = contestant.answer(command, dict(field.split("=", 1) for field in fields))
        except NotImplementedError as e:
            answer = {"unsupported": str(e)}
        except Exception as e:
            traceback.print_exc()
            answer = {"error": repr(e)}
        print(ANSWER + json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
