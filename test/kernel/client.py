"""A small Jupyter client that keeps the messages of each request apart."""
import os
import re
import time
from dataclasses import dataclass, field

from jupyter_client.manager import KernelManager

TIMEOUT = 60
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Outcome:
    """What came of one execute_request."""

    reply: dict
    messages: list = field(default_factory=list)

    @property
    def status(self):
        return self.reply["status"]

    def of(self, kind):
        """The contents of the messages of one type."""
        return [message["content"] for message in self.messages if message["msg_type"] == kind]

    @property
    def error(self):
        """The one error message."""
        (content,) = self.of("error")
        return content

    @property
    def traceback(self):
        """The error's traceback without colours."""
        return ANSI.sub("", "\n".join(self.error["traceback"]))

    @property
    def value(self):
        """The plain text of the one execute_result."""
        (content,) = self.of("execute_result")
        return content["data"]["text/plain"]

    def stream(self, name):
        return "".join(content["text"] for content in self.of("stream") if content["name"] == name)

    @property
    def states(self):
        return [content["execution_state"] for content in self.of("status")]


class Kernel:
    """A running kernel and its client."""

    def __init__(self, folder, stderr):
        self.stderr = stderr
        self.manager = KernelManager(kernel_name="tslab")
        with open(stderr, "wb") as file:
            self.manager.start_kernel(cwd=str(folder), stderr=file)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=TIMEOUT)
        self.inbox = []

    @property
    def process(self):
        return self.manager.provisioner.process

    def send(self, code, **options):
        """Sends an execute_request; returns its id."""
        return self.client.execute(code, **options)

    def wait(self, request, timeout=TIMEOUT):
        """Waits for a request's reply and for its idle status."""
        reply = self.reply(request, timeout=timeout)
        deadline = time.monotonic() + timeout
        while not any(is_idle(message) for message in self.messages(request)):
            self.inbox.append(self.client.get_iopub_msg(timeout=deadline - time.monotonic()))
        return Outcome(reply, self.messages(request))

    def messages(self, request):
        return [message for message in self.inbox if message["parent_header"].get("msg_id") == request]

    def reply(self, request, channel="shell", timeout=TIMEOUT):
        """Waits for the content of a reply; replies to other requests are kept."""
        kept = self.__dict__.setdefault("replies", {})
        while request not in kept:
            message = getattr(self.client, f"get_{channel}_msg")(timeout=timeout)
            kept[message["parent_header"]["msg_id"]] = message
        return kept[request]["content"]

    def reply_type(self, request):
        return self.replies[request]["msg_type"]

    def run(self, code, timeout=TIMEOUT, **options):
        return self.wait(self.send(code, **options), timeout)

    def wait_for_output(self, request):
        """Waits until a request has printed something: its code is running."""
        while not any(message["msg_type"] == "stream" for message in self.messages(request)):
            assert not [message for message in self.messages(request) if message["msg_type"] == "error"], self.messages(request)
            self.inbox.append(self.client.get_iopub_msg(timeout=TIMEOUT))

    def request(self, kind, content, channel="shell"):
        """Sends any other request; returns its id."""
        message = self.client.session.msg(kind, content)
        getattr(self.client, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def interrupt(self):
        self.manager.interrupt_kernel()

    def restart(self):
        """Ends the kernel at once and starts it anew, with the same connection."""
        with open(self.stderr, "ab") as file:
            self.manager.restart_kernel(now=True, stderr=file)
        self.client.wait_for_ready(timeout=TIMEOUT)

    def end(self):
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)


def is_idle(message):
    return message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"


def wait_until_gone(pid, seconds=20):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError(f"Kernel {pid} still lives {seconds} s after its parent died.")
