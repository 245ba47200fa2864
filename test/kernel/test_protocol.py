"""What the kernel says, message by message, against https://jupyter-client.readthedocs.io/en/stable/messaging.html"""
import json
import random
import socket
import subprocess
import sys
import threading

import pytest
import zmq
from jupyter_client.manager import KernelManager

from client import TIMEOUT, wait_until_gone
from conftest import ROOT

# Longer than a kernel takes to start on a busy machine, and shorter than it waits for its ports.
HELD_SECONDS = 15


def test_kernel_info(kernel):
    request = kernel.request("kernel_info_request", {})
    info = kernel.reply(request)
    installed = json.loads((ROOT / "node_modules/tslab/package.json").read_text())
    assert kernel.reply_type(request) == "kernel_info_reply"
    assert info["status"] == "ok"
    assert info["protocol_version"].startswith("5.")
    assert (info["implementation"], info["implementation_version"]) == ("tslab", installed["version"])
    language = info["language_info"]
    assert (language["name"], language["version"], language["file_extension"]) == ("typescript", "5.0.4", ".ts")
    assert language["pygments_lexer"] == "typescript" and language["codemirror_mode"]
    assert "Node.js v" in info["banner"] and all(link["url"] for link in info["help_links"])


def test_control_answers_while_a_cell_runs(kernel):
    running = kernel.send("console.log('on'); const until = Date.now() + 1500; while (Date.now() < until) {}")
    kernel.wait_for_output(running)
    request = kernel.request("kernel_info_request", {}, "control")
    assert kernel.reply(request, "control")["status"] == "ok"
    assert running not in kernel.replies
    assert kernel.wait(running).status == "ok"


def test_comm_info(kernel):
    request = kernel.request("comm_info_request", {})
    assert kernel.reply(request) == {"status": "ok", "comms": {}}
    assert kernel.reply_type(request) == "comm_info_reply"


def test_a_comm_goes_both_ways_also_while_a_cell_awaits(kernel):
    opened = kernel.run(
        "const { comms } = (globalThis as any)[Symbol.for('jupyter.kernel')];\nconst heard: unknown[] = [];\n"
        "const comm = comms.open('slider', { data: { min: 0 }, metadata: { version: '2.1.0' }, onMessage: (data: any) => { heard.push(data.value); comm.send({ got: data.value }); } });\ncomm.id"
    )
    comm = opened.value.strip("'")
    request = kernel.send("console.log('on');\nawait new Promise<void>((go) => { const look = setInterval(() => { if (heard.length) { clearInterval(look); go(); } }, 20); });\nheard")
    kernel.wait_for_output(request)
    kernel.request("comm_msg", {"comm_id": comm, "data": {"value": 7}})
    assert kernel.wait(request).value == "[ 7 ]"
    sent = {message["msg_type"]: message for message in kernel.inbox if message["msg_type"].startswith("comm_")}
    assert sent["comm_open"]["content"] == {"comm_id": comm, "target_name": "slider", "data": {"min": 0}}
    assert sent["comm_open"]["metadata"] == {"version": "2.1.0"} and sent["comm_msg"]["content"]["data"] == {"got": 7}
    listed = kernel.reply(kernel.request("comm_info_request", {"target_name": "slider"}))
    assert listed["comms"] == {comm: {"target_name": "slider"}}
    kernel.request("comm_close", {"comm_id": comm, "data": {}})
    assert kernel.reply(kernel.request("comm_info_request", {}))["comms"] == {}


def test_execute_publishes_input_result_and_state(kernel):
    done = kernel.run("const one = 1;\none + 1")
    count = done.reply["execution_count"]
    assert [message["msg_type"] for message in done.messages] == ["status", "execute_input", "execute_result", "status"]
    assert done.states == ["busy", "idle"]
    assert done.of("execute_input") == [{"code": "const one = 1;\none + 1", "execution_count": count}]
    assert done.of("execute_result") == [{"data": {"text/plain": "2"}, "metadata": {}, "execution_count": count}]
    assert kernel.run("one").reply["execution_count"] == count + 1


def test_no_value_no_result(kernel):
    assert kernel.run("undefined").of("execute_result") == []
    assert kernel.run("const nothing = 3;").of("execute_result") == []


def test_an_unawaited_value_is_not_awaited(kernel):
    first, advice = kernel.run("new Promise<void>(() => {})").value.split("\n")
    assert first == "Promise { <pending> }" and "`await`" in advice
    assert kernel.run("Promise.resolve({ a: [1] })").value.startswith("Promise { { a: [ 1 ] } }\n")
    assert kernel.run("console.log([Promise.resolve(3)]);").stream("stdout") == "[ Promise { 3 } ]\n"


def test_a_generator_that_nobody_runs_says_that_nothing_happened(kernel):
    done = kernel.run("function* steps() { yield 1; }\nsteps();")
    assert "has done nothing yet" in done.value and "nothing was trained" in done.value


RANDOM_BYTES = random.Random(5)
# A greeting of ZeroMQ's protocol, whole and in part, with nonsense after it.
GREETING = b"\xff" + bytes(8) + b"\x7f\x03\x00NULL" + bytes(48)


@pytest.mark.parametrize("port", ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"])
def test_bytes_from_a_stranger_do_not_end_the_kernel(kernel, port):
    nonsense = [RANDOM_BYTES.randbytes(size) for size in (1, 2, 10, 65, 300, 5000)]
    short = [b"\x01\x00", b"\x01\x00\x05\x00abcd", b"\x00" * 30, b"\x7f" * 30, b"GET / HTTP/1.1\r\n\r\n"]
    for data in [*nonsense, *short, GREETING, GREETING + nonsense[-1], GREETING[:11] + nonsense[-1]]:
        with socket.create_connection(("127.0.0.1", getattr(kernel.client, port))) as stranger:
            stranger.sendall(data)
    assert kernel.run("1 + 1").value == "2"
    assert kernel.client.hb_channel.is_alive() and kernel.process.poll() is None


def test_the_heart_beats(kernel):
    with zmq.Context() as context, context.socket(zmq.REQ) as beat:
        beat.setsockopt(zmq.LINGER, 0)
        beat.connect(f"tcp://127.0.0.1:{kernel.client.hb_port}")
        for data in (b"ping", b""):
            beat.send(data)
            assert beat.poll(TIMEOUT * 1000) and beat.recv() == data


def test_streams_and_display(kernel):
    done = kernel.run(
        'import { display, newDisplay } from "tslab";\n'
        'console.log("out"); console.error("err"); console.warn("warn");\n'
        'display.html("<b>shown</b>"); const live = newDisplay(); live.text("first"); live.text("second");'
    )
    assert (done.stream("stdout"), done.stream("stderr")) == ("out\n", "err\nwarn\n")
    first, second = done.of("display_data")
    assert first["data"] == {"text/html": "<b>shown</b>"}
    (update,) = done.of("update_display_data")
    assert update["data"] == {"text/plain": "second"}
    assert update["transient"]["display_id"] == second["transient"]["display_id"]


def test_much_output_arrives_whole(kernel):
    done = kernel.run("for (let i = 0; i < 5000; i++) console.log(i);")
    assert done.stream("stdout").split() == [str(i) for i in range(5000)]


def test_late_output_goes_to_the_cell_that_made_it(kernel):
    early = kernel.send("setTimeout(() => console.log('from the first cell'), 1200); 1")
    assert kernel.wait(early).stream("stdout") == ""
    later = kernel.run("await new Promise((resolve) => setTimeout(resolve, 1500));")
    assert later.stream("stdout") == ""
    assert any(message["content"].get("text") == "from the first cell\n" for message in kernel.messages(early))


def test_silent(kernel):
    before = kernel.run("1").reply["execution_count"]
    done = kernel.run("console.log('unheard'); 2", silent=True)
    assert [message["msg_type"] for message in done.messages] == ["status", "status"]
    assert done.reply["execution_count"] == before
    unstored = kernel.run("3", store_history=False)
    assert (unstored.value, unstored.reply["execution_count"]) == ("3", before)


def test_user_expressions(kernel):
    expressions = {"sum": "price * 2", "broken": "price.missing.more"}
    done = kernel.run("const price = 21;", user_expressions=expressions)
    results = done.reply["user_expressions"]
    assert results["sum"] == {"status": "ok", "data": {"text/plain": "42"}, "metadata": {}}
    assert results["broken"]["status"] == "error" and results["broken"]["ename"] == "TypeScriptError"


def test_is_complete_inspect_complete(kernel):
    kernel.run("const temperature = 20;")
    assert kernel.reply(kernel.request("is_complete_request", {"code": "if (true) {"}))["status"] == "incomplete"
    assert kernel.reply(kernel.request("is_complete_request", {"code": "1 + 1"}))["status"] == "complete"
    inspected = kernel.reply(kernel.request("inspect_request", {"code": "temperature", "cursor_pos": 3, "detail_level": 0}))
    assert inspected["found"] and "temperature" in inspected["data"]["text/plain"]
    completed = kernel.reply(kernel.request("complete_request", {"code": "temper", "cursor_pos": 6}))
    assert "temperature" in completed["matches"]
    assert (completed["cursor_start"], completed["cursor_end"]) == (0, 6)


def test_top_level_await_in_all_its_forms(kernel):
    done = kernel.run(
        "const seen: number[] = [];\n"
        "for await (const value of [Promise.resolve(1), 2]) seen.push(value);\n"
        "seen.push(await (Promise.resolve(3)));\n"
        "seen.push(await (async () => 4)());\n"
        "await (seen.length)"
    )
    assert done.value == "4"
    assert kernel.run("await (async () => seen.join())()").value == "'1,2,3,4'"


def test_for_await_alone(kernel):
    assert kernel.run("for await (const value of [Promise.resolve('came')]) console.log(value);").stream("stdout") == "came\n"


def test_names_can_be_declared_again(kernel):
    kernel.run("const twice: number = 1; function pick() { return 'old'; }")
    kernel.run("const twice: string = 'again'; function pick() { return 'new'; }")
    assert kernel.run("twice + pick()").value == "'againnew'"


def test_queued_cells_are_aborted_after_a_failure_and_later_ones_run(kernel):
    # The first cell never yields, so the others still lie in the socket when it fails.
    busy = "{ const until = Date.now() + 1500; while (Date.now() < until); }"
    requests = [kernel.send(f"console.log('on'); {busy} throw new Error('first')")]
    kernel.wait_for_output(requests[0])
    requests += [kernel.send("console.log('second')"), kernel.send("'third'")]
    first, second, third = (kernel.wait(request) for request in requests)
    assert (first.status, second.status, third.status) == ("error", "aborted", "aborted")
    for aborted in (second, third):
        assert [message["msg_type"] for message in aborted.messages] == ["status", "status"]
    # Right after the reply, with no time between.
    assert kernel.run("'fresh'").value == "'fresh'"


def test_a_failure_does_not_abort_where_it_is_told_not_to(kernel):
    failing = kernel.send("throw new Error('go on')", stop_on_error=False)
    following = kernel.send("'ran'")
    assert kernel.wait(failing).status == "error"
    assert kernel.wait(following).value == "'ran'"


def test_standard_error_stays_empty_with_tensorflow(start_kernel):
    kernel = start_kernel()
    code = (
        'import * as tf from "@tensorflow/tfjs-node-gpu";\n'
        "const image = tf.ones<tf.Rank.R4>([4, 28, 28, 1]); const filter = tf.ones<tf.Rank.R4>([3, 3, 1, 8]);\n"
        "tf.conv2d(image, filter, 1, 'same').sum().dataSync()[0]"
    )
    assert float(kernel.run(code).value) > 0
    kernel.manager.shutdown_kernel()
    assert kernel.stderr.read_text() == ""


def test_shutdown_is_clean_and_quick(start_kernel):
    kernel = start_kernel()
    kernel.run("setInterval(() => {}, 1000); 1")
    request = kernel.request("shutdown_request", {"restart": False}, "control")
    assert kernel.reply(request, "control") == {"status": "ok", "restart": False}
    assert kernel.process.wait(timeout=10) == 0
    assert kernel.stderr.read_text() == ""


def test_a_busy_kernel_shuts_down_too(start_kernel):
    kernel = start_kernel()
    kernel.wait_for_output(kernel.send("console.log('on'); eval('for (;;);')"))
    kernel.request("shutdown_request", {"restart": False}, "control")
    assert kernel.process.wait(timeout=10) != 0


def test_ports_that_are_taken_for_a_while_are_waited_for(start_kernel, monkeypatch):
    holders = [socket.socket(), socket.socket()]

    def take_ports(manager):
        write_connection_file(manager)
        for holder, port in zip(holders, [manager.shell_port, manager.control_port]):
            holder.bind(("127.0.0.1", port))
            holder.listen()
            threading.Timer(HELD_SECONDS, holder.close).start()

    write_connection_file = KernelManager.write_connection_file
    monkeypatch.setattr(KernelManager, "write_connection_file", take_ports)
    assert start_kernel().run("1 + 1").value == "2"


BUSY = (
    "from jupyter_client.manager import start_new_kernel;"
    "manager, client = start_new_kernel(kernel_name='tslab', startup_timeout=60);"
    "client.execute(\"eval('for (;;);')\")"
)
STARTING = (
    "from jupyter_client.manager import KernelManager;"
    "manager = KernelManager(kernel_name='tslab'); manager.start_kernel()"
)


@pytest.mark.parametrize("start", [BUSY, STARTING], ids=["while a cell runs", "while the kernel starts"])
def test_the_kernel_ends_when_its_parent_dies(launcher_environment, start):
    starter = f"import os; {start}; print(manager.provisioner.pid, flush=True); os._exit(0)"
    command = [sys.executable, "-c", starter]
    started = subprocess.run(command, env=launcher_environment, capture_output=True, text=True, timeout=120, check=True)
    wait_until_gone(int(started.stdout))
