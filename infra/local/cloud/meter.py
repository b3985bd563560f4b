"""Writes down, one JSON line each, what AWS would bill a deployment for: MINISTACK_METER names the file.

Read at the cloud rather than in the functions, so that what is measured is what is deployed, and so that the requests
that no function makes are counted too: those of event source mappings, of rules and of workflows.
"""

import json
import math
import os
import threading
import time

READS = {"GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"}


def start() -> None:
    lock = threading.Lock()
    out = open(os.environ["MINISTACK_METER"], "a", buffering=1, encoding="utf-8")

    def write(service: str, what: str, units: float = 1, **more) -> None:
        line = json.dumps({"at": round(time.time() * 1000), "service": service, "what": what, "units": units, **more})
        with lock:
            out.write(line + "\n")

    count_requests(write)
    count_capacity(write)
    count_invocations(write)
    count_queues(write)
    count_workflows(write)


def caller_of(headers: dict, query: dict) -> str:
    """The role of a function, which bears the function's name; empty for whoever is no function."""
    from ministack.core.router import extract_access_key_id
    from ministack.services import sts

    session = sts._sessions.get(extract_access_key_id(headers, query) or "", {})
    arn = next((value for value in session.values() if isinstance(value, str) and ":assumed-role/" in value), "")
    return arn.split("/")[1] if arn else ""


def count_requests(write) -> None:
    """Every signed request but those to DynamoDB, which are counted by capacity, under its operation's name."""
    from ministack import app

    def record(service, method, path, headers, body, query_params, *args):
        if service == "dynamodb":
            return
        what = headers.get("x-amz-target", "").rsplit(".", 1)[-1] or method
        by = caller_of(headers, query_params)
        if what == "PutEvents":
            for entry in json.loads(body).get("Entries", []):
                size = len(entry.get("Detail", "")) + len(entry.get("DetailType", "")) + len(entry.get("Source", ""))
                write("events", entry.get("DetailType", ""), math.ceil(size / 65536), by=by)
        elif by:
            write(service, what, by=by)

    app._maybe_record_cloudtrail = record


def count_capacity(write) -> None:
    from ministack import app

    serve = app.SERVICE_HANDLERS["dynamodb"]

    async def handle(method, path, headers, body, query_params):
        what = headers.get("x-amz-target", "").rsplit(".", 1)[-1]
        by = caller_of(headers, query_params)
        if not by:
            return await serve(method, path, headers, body, query_params)
        asked = json.loads(body)
        metered = json.dumps({**asked, "ReturnConsumedCapacity": "TOTAL"}).encode()
        status, reply_headers, reply = await serve(method, path, headers, metered, query_params)
        answer = json.loads(reply or b"{}")
        units, note = capacity(what, asked, answer, status)
        if units:
            more = {"items": len(asked["TransactItems"])} if "TransactItems" in asked else {}
            write("dynamodb-read" if what in READS else "dynamodb-write", what, units, by=by, note=note, **more)
        return status, reply_headers, reply

    app.SERVICE_HANDLERS["dynamodb"] = handle


def capacity(what: str, asked: dict, answer: dict, status: int):
    """A refused condition consumes as well; how large the item was is not said, so it counts as one of up to 1 KiB."""
    actions = asked.get("TransactItems", [])
    if status >= 300:
        refused = answer.get("__type", "").rsplit("#", 1)[-1]
        if refused == "ConditionalCheckFailedException":
            return 1, "refused"
        return (2 * len(actions), "refused") if refused == "TransactionCanceledException" else (0, "")
    consumed = answer.get("ConsumedCapacity", [])
    consumed = consumed if isinstance(consumed, list) else [consumed]
    checks = 2 * sum(1 for action in actions if "ConditionCheck" in action)
    return sum(part.get("CapacityUnits", 0) for part in consumed) + checks, ""


def count_invocations(write) -> None:
    from ministack.core import lambda_runtime
    from ministack.services import lambda_svc

    invoke = lambda_runtime.Worker.invoke

    def timed(self, event, *args, **kwargs):
        isCold, started = self._cold, time.monotonic()
        result = invoke(self, event, *args, **kwargs)
        records = len(event["Records"]) if isinstance(event, dict) and "Records" in event else None
        write(
            "lambda",
            self.config.get("FunctionName", ""),
            ms=round((time.monotonic() - started) * 1000),
            mb=int(self.config.get("MemorySize", 128)),
            cold=isCold,
            records=records,
            logged=len((result or {}).get("log", "") or ""),
        )
        return result

    lambda_runtime.Worker.invoke = timed
    assert lambda_svc  # its import makes the worker pool the one that is patched


def count_queues(write) -> None:
    """Requests of event source mappings (up to ten messages each) and of rules; polls that find nothing are left out."""
    from ministack.services import eventbridge, sqs

    receive, delete = sqs._receive_messages_for_esm, sqs._delete_messages_for_esm
    deliver = eventbridge._dispatch_to_sqs

    def receive_messages(queue_url, max_number):
        messages = receive(queue_url, max_number)
        if messages:
            write("sqs", "ReceiveMessage", math.ceil(len(messages) / 10), by=queue_url.rsplit("/", 1)[-1])
        return messages

    def delete_messages(queue_url, receipt_handles):
        if receipt_handles:
            write("sqs", "DeleteMessageBatch", math.ceil(len(receipt_handles) / 10), by=queue_url.rsplit("/", 1)[-1])
        return delete(queue_url, receipt_handles)

    def dispatch(spec, payload, *args, **kwargs):
        size = len(payload if isinstance(payload, (str, bytes)) else json.dumps(payload))
        write("sqs", "SendMessage", math.ceil(size / 65536), by=str(spec).rsplit(":", 1)[-1])
        return deliver(spec, payload, *args, **kwargs)

    sqs._receive_messages_for_esm = receive_messages
    sqs._delete_messages_for_esm = delete_messages
    eventbridge._dispatch_to_sqs = dispatch


def count_workflows(write) -> None:
    """Standard: each entering of a state and each retry. Express: the execution, and how long it took."""
    from ministack.services import stepfunctions

    add, run = stepfunctions._add_event, stepfunctions._run_execution

    def machine_of(execution):
        return stepfunctions._state_machines.get(execution["stateMachineArn"]) or {}

    def is_express(execution):
        return machine_of(execution).get("type") == "EXPRESS"

    def add_event(execution, event_type, details=None):
        if not is_express(execution):
            name = machine_of(execution).get("name", "")
            if event_type == "TaskScheduled":
                write("states-standard", "transition", by=name)
            elif event_type.endswith("StateEntered") and event_type != "TaskStateEntered":
                write("states-standard", "transition", by=name)
        return add(execution, event_type, details)

    def run_execution(execution_arn):
        started = time.monotonic()
        try:
            return run(execution_arn)
        finally:
            execution = stepfunctions._executions.get(execution_arn)
            if execution and is_express(execution):
                # MiniStack sleeps this long before an execution begins.
                ms = round((time.monotonic() - started) * 1000) - 150
                write("states-express", "request", by=machine_of(execution).get("name", ""), ms=ms)

    stepfunctions._add_event = add_event
    stepfunctions._run_execution = run_execution
