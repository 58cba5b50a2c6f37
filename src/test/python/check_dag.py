"""Imports the Airflow DAG of config/deploy and checks its tasks and what their exit codes lead to.

    python3 src/test/python/check_dag.py

Uses Airflow where it is installed, and otherwise stands in for the few names that the DAG imports.
Runs no stage. Exits with 1 when a check fails.
"""

import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile
import types

DAG_FILE = pathlib.Path(__file__).parents[3] / "config/deploy/airflow/graft_nightly.py"
STAGES = ["ingest", "train", "augment", "evaluate", "publish"]
TASKS = [*STAGES, "published"]
OUTCOMES = {0: None, 1: "AirflowException", 5: "AirflowException", 137: "AirflowException"}
OUTCOMES |= dict.fromkeys([2, 3, 4], "AirflowFailException")


def stand_in():
    """Modules with just what the DAG imports."""

    class AirflowException(Exception):
        pass

    class AirflowSkipException(AirflowException):
        pass

    class AirflowFailException(AirflowException):
        pass

    class DAG:
        current = None

        def __init__(self, dag_id, **settings):
            vars(self).update(settings, dag_id=dag_id, tasks=[])

        def __enter__(self):
            DAG.current = self
            return self

        def __exit__(self, *ignored):
            DAG.current = None

    class Operator:
        def __init__(self, task_id, bash_command, **settings):
            vars(self).update(DAG.current.default_args if DAG.current else {})
            vars(self).update(settings, task_id=task_id, bash_command=bash_command)
            self.downstream_task_ids = set()
            if DAG.current:
                DAG.current.tasks.append(self)

        def __rshift__(self, other):
            self.downstream_task_ids.add(other.task_id)
            return other

        def execute(self, context):
            code = subprocess.run(["bash", "-c", self.bash_command], check=False).returncode
            if code in self.skip_on_exit_code:
                raise AirflowSkipException(f"exit code {code}")
            if code != 0:
                raise AirflowException(f"exit code {code}")

    class CronDataIntervalTimetable:
        def __init__(self, cron, timezone):
            pass

    def module(name, *members):
        made = types.ModuleType(name)
        for member in members:
            setattr(made, member.__name__, member)
        sys.modules[name] = made

    exceptions = (AirflowException, AirflowSkipException, AirflowFailException)
    for package in ("airflow.providers", "airflow.providers.standard", "airflow.timetables"):
        module(package)
    module("airflow.providers.standard.operators")
    module("airflow.providers.standard.sensors")
    module("airflow", DAG)
    module("airflow.exceptions", *exceptions)
    module("airflow.providers.standard.operators.bash", type("BashOperator", (Operator,), {}))
    module("airflow.providers.standard.sensors.bash", type("BashSensor", (Operator,), {}))
    module("airflow.timetables.interval", CronDataIntervalTimetable)


def expect(condition, message):
    if not condition:
        raise SystemExit(f"FAIL  {DAG_FILE.name}: {message}")


def ended_with(stage, code):
    """The name of the exception that an exit code is turned into, or None."""
    task = stage(task_id=f"exits_with_{code}", bash_command=f"exit {code}")
    try:
        task.execute({})
    except Exception as error:
        return type(error).__name__
    return None


def main():
    os.environ.setdefault("AIRFLOW_HOME", tempfile.mkdtemp(prefix="airflow-"))
    airflow = importlib.util.find_spec("airflow") is not None
    if not airflow:
        stand_in()
    spec = importlib.util.spec_from_file_location(DAG_FILE.stem, DAG_FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    dag = module.dag
    tasks = {task.task_id: task for task in dag.tasks}
    expect(list(tasks) == TASKS, f"tasks are {list(tasks)}")
    for task, following in zip(TASKS, TASKS[1:]):
        expect(tasks[task].downstream_task_ids == {following}, f"{task} is not before {following}")
    for stage in STAGES:
        command = tasks[stage].bash_command
        expect(command.startswith(f"graft {stage} "), f"{stage} runs {command}")
        expect(tasks[stage].retries > 0, f"{stage} is not tried again")
    expect(dag.catchup and dag.max_active_runs == 1, "dates are not backfilled one by one")
    for code, outcome in OUTCOMES.items():
        seen = ended_with(module.Stage, code)
        expect(seen == outcome, f"exit code {code} ends with {seen} instead of {outcome}")
    print(f"ok    {DAG_FILE.name}: {len(tasks)} tasks, with {'Airflow' if airflow else 'stand-ins'}")


if __name__ == "__main__":
    main()
