"""Runs MiniStack, and never outlives whoever started it.

Usage: launcher.py INSTANCE {with-parent|detached}

INSTANCE only marks the command line, so that a process id found in a state file can be proven ours.
With `with-parent` the starter keeps the other end of our standard input open: when it goes away, by
whatever death (kill -9 included), the read ends and the whole process group, Lambda workers included,
goes too. A signal handler could not promise that.
"""

import json
import os
import signal
import sys
import threading
import time


def die_with_parent() -> None:
    while os.read(0, 4096):
        pass
    os.killpg(os.getpgrp(), signal.SIGKILL)


def tune() -> None:
    from ministack import app
    from ministack.core import lambda_runtime

    # MiniStack would take port 443 as well when it may (for Cognito): one port is enough, on any machine.
    app._port_is_bindable = lambda *_: False
    # After each call of a function that logged nothing it waits 50 ms for a late line, which is most of
    # the time of a warm call. A line that comes later than this is kept for the next call, not lost.
    lambda_runtime.Worker._drain_stderr_bounded.__defaults__ = (0.004, 0.002, 0.250)


def name_machine_of_task_tokens() -> None:
    """Checks SendTask* against the state machine that issued the token, as AWS does.

    MiniStack checks it against "*", so a role with the proper narrow grant would be refused here and the
    only grant that works would be one too wide.
    """
    from ministack.core import iam_actions
    from ministack.services import stepfunctions

    here = threading.local()
    owners: dict[str, str] = {}
    execute, wait, resource_of = (
        stepfunctions._execute_task,
        stepfunctions._invoke_with_callback,
        iam_actions.extract_resource_arn,
    )

    def execute_task(state_def, raw_input, execution, *args):
        here.machine = execution.get("stateMachineArn")
        return execute(state_def, raw_input, execution, *args)

    def invoke_with_callback(resource, input_data, token, *args):
        # Kept when the wait is over: a late answer is told that the task timed out, not that it may not.
        owners[token] = here.machine
        return wait(resource, input_data, token, *args)

    def extract_resource_arn(service, method, path, headers, body, *args):
        if service == "states" and headers.get("x-amz-target", "").rsplit(".", 1)[-1].startswith("SendTask"):
            return owners.get(json.loads(body or b"{}").get("taskToken")) or "*"
        return resource_of(service, method, path, headers, body, *args)

    stepfunctions._execute_task = execute_task
    stepfunctions._invoke_with_callback = invoke_with_callback
    iam_actions.extract_resource_arn = extract_resource_arn


def hold_deadlines() -> None:
    """Ends the wait for a task token where AWS ends it.

    MiniStack knows TimeoutSeconds but not TimeoutSecondsPath: a silent node would be waited for a day. And it
    swallows the fault of the Lambda that was to hand the token out, then waits for an answer to a question
    that was never asked.
    """
    from ministack.services import stepfunctions

    here = threading.local()
    execute, wait, call = (
        stepfunctions._execute_task,
        stepfunctions._invoke_with_callback,
        stepfunctions._call_lambda,
    )

    def execute_task(state_def, raw_input, *args):
        path = state_def.get("TimeoutSecondsPath")
        if path is not None:
            state_def = {**state_def, "TimeoutSeconds": stepfunctions._resolve_path(path, raw_input)}
        return execute(state_def, raw_input, *args)

    def invoke_with_callback(resource, input_data, token, *args):
        here.token = token
        try:
            return wait(resource, input_data, token, *args)
        finally:
            here.token = None

    def call_lambda(func_ref, event):
        try:
            return call(func_ref, event)
        except stepfunctions._ExecutionError as fault:
            waiting = stepfunctions._task_tokens.get(getattr(here, "token", None))
            if waiting is not None and not waiting["event"].is_set():
                waiting["error"] = {"Error": fault.error, "Cause": fault.cause}
                waiting["event"].set()
            raise

    stepfunctions._execute_task = execute_task
    stepfunctions._invoke_with_callback = invoke_with_callback
    stepfunctions._call_lambda = call_lambda


def share_workers() -> None:
    """Lets a call wait for a warm worker instead of starting one more beside those of a busy function.

    MiniStack starts a process for every concurrent call. On a machine of few cores a burst then becomes a queue
    of cold starts, each dearer than the call it is for.
    """
    from ministack.core import lambda_runtime
    from ministack.services import lambda_svc

    workers_per_function = max(2, (os.cpu_count() or 2))
    patience_seconds = 20.0
    acquire, release, freed = lambda_runtime.acquire_worker, lambda_runtime.release_worker, threading.Condition()

    def acquire_worker(*args, **kwargs):
        until = time.monotonic() + patience_seconds
        while time.monotonic() < until:
            worker, reason = acquire(*args, max_concurrency=workers_per_function, **kwargs)
            if worker is not None:
                return worker, reason
            with freed:
                freed.wait(0.05)
        return acquire(*args, **kwargs)

    def release_worker(worker):
        release(worker)
        with freed:
            freed.notify_all()

    lambda_svc.acquire_worker = acquire_worker
    lambda_svc.release_worker = release_worker


def keep_windows() -> None:
    """Collects records for as long as the event source mapping says (MaximumBatchingWindowInSeconds).

    MiniStack knows the setting and calls at once. What is deployed would then be measured with more calls than AWS
    makes, and a function that cannot take a batch would not be found out here.
    """
    from ministack.services import dynamodb, lambda_svc, sqs

    here = threading.local()
    iterate, receive, read = (
        lambda_svc._iter_all_esms,
        sqs._receive_messages_for_esm,
        dynamodb.stream_records_since,
    )
    first_seen: dict[str, tuple[int, float]] = {}

    def iter_all_esms():
        for account, region, mapping in iterate():
            here.mapping = mapping
            yield account, region, mapping
        here.mapping = None

    def window() -> float:
        return float((getattr(here, "mapping", None) or {}).get("MaximumBatchingWindowInSeconds") or 0)

    def receive_messages(queue_url, max_number):
        now = time.time()
        queue = sqs._queues.get(queue_url) or {}
        waiting = [one["sent_at"] for one in queue.get("messages", []) if one.get("visible_at", 0) <= now]
        if waiting and len(waiting) < min(int(max_number or 1), 10) and now - min(waiting) < window():
            return []
        return receive(queue_url, max_number)

    def stream_records_since(table_name, position, limit, **scope):
        records = read(table_name, position, limit, **scope)
        mapping = getattr(here, "mapping", None)
        if not records or mapping is None or not window():
            return records
        # What passes the filter is what is collected; the rest is passed over at once, as in AWS.
        matching = lambda_svc._apply_filter_criteria(records, mapping)
        if not matching or len(matching) >= limit:
            return records
        known, since = first_seen.get(mapping["UUID"], (-1, 0.0))
        if known != position:
            first_seen[mapping["UUID"]] = (position, time.monotonic())
            return []
        return records if time.monotonic() - since >= window() else []

    lambda_svc._iter_all_esms = iter_all_esms
    sqs._receive_messages_for_esm = receive_messages
    dynamodb.stream_records_since = stream_records_since


def main() -> None:
    if sys.argv[2] == "with-parent":
        threading.Thread(target=die_with_parent, daemon=True).start()
    tune()
    name_machine_of_task_tokens()
    hold_deadlines()
    share_workers()
    keep_windows()
    if os.environ.get("MINISTACK_METER"):
        import meter

        meter.start()
    from ministack.app import main as serve

    sys.argv = sys.argv[:1]
    serve()


if __name__ == "__main__":
    main()
