"""A night of Graft in Airflow: one task per stage, then a sensor for what was published.

Airflow 3 with apache-airflow-providers-standard. The workers need `graft` on the PATH and SPEC, DIR
and PUBLISHED on storage that they share: a stage reads what the stages before it wrote.
"""

from datetime import datetime, timedelta, timezone

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.sensors.bash import BashSensor
from airflow.timetables.interval import CronDataIntervalTimetable

try:
    from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
except ImportError:  # earlier releases of Airflow 3 have them here
    from airflow.exceptions import AirflowFailException, AirflowSkipException

SPEC = "/srv/graft/nightly.yaml"
DIR = "/srv/graft"
PUBLISHED = "/srv/graft/out/nightly"  # publish.to of the spec
NEVER_AGAIN = [2, 3, 4]  # wrong command line or spec, bad input, a gate refused


class Stage(BashOperator):
    """Exit codes 2, 3 and 4 fail at once; 1, 5 and a killed process are tried again."""

    def __init__(self, **kwargs):
        super().__init__(
            skip_on_exit_code=NEVER_AGAIN,
            env={"SPEC": SPEC, "DIR": DIR},
            append_env=True,
            **kwargs,
        )

    def execute(self, context):
        try:
            return super().execute(context)
        except AirflowSkipException as refused:  # a skipped stage would look like a good night
            raise AirflowFailException(str(refused)) from None


with DAG(
    "graft_nightly",
    # Said in full, for the short form has another {{ ds }} in Airflow 3: at 02:00 of a day, {{ ds }}
    # is the day before.
    schedule=CronDataIntervalTimetable("0 2 * * *", timezone="UTC"),
    start_date=datetime(2026, 11, 1, tzinfo=timezone.utc),
    catchup=True,  # days since start_date that have not run are backfilled, oldest first
    max_active_runs=1,  # one date at a time: two in one place would end with exit code 5
    default_args={
        "retries": 4,
        "retry_delay": timedelta(minutes=5),
        "retry_exponential_backoff": True,
        "execution_timeout": timedelta(hours=6),
    },
) as dag:
    ingest = Stage(task_id="ingest", bash_command="graft ingest $SPEC --run-date {{ ds }} --dir $DIR")
    train = Stage(task_id="train", bash_command="graft train $SPEC --run-date {{ ds }} --dir $DIR")
    augment = Stage(task_id="augment", bash_command="graft augment $SPEC --run-date {{ ds }} --dir $DIR")
    evaluate = Stage(task_id="evaluate", bash_command="graft evaluate $SPEC --run-date {{ ds }} --dir $DIR")
    publish = Stage(task_id="publish", bash_command="graft publish $SPEC --run-date {{ ds }} --dir $DIR")
    # Readers in other DAGs wait with the same sensor.
    published = BashSensor(
        task_id="published",
        bash_command="test -e " + PUBLISHED + "/dt={{ ds }}/_SUCCESS",
        mode="reschedule",
        poke_interval=300,
        timeout=3600,
        retries=0,
    )
    ingest >> train >> augment >> evaluate >> publish >> published
