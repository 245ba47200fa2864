"""What JupyterLab is set up with: settings that it knows, the time of each cell, and the memory that a kernel takes."""
import json
import sys
from pathlib import Path

SHARE = Path(sys.prefix) / "share/jupyter/lab"


def test_our_settings_are_settings_of_this_jupyterlab():
    overrides = json.loads((SHARE / "settings/overrides.json").read_text())
    assert overrides["@jupyterlab/notebook-extension:tracker"]["recordTiming"] is True
    for plugin, values in overrides.items():
        package, name = plugin.split(":")
        schema = json.loads((SHARE / "schemas" / package / f"{name}.json").read_text())
        assert set(values) <= set(schema["properties"]), plugin


def test_the_memory_of_a_kernel_is_told_also_while_a_cell_runs(kernel):
    running = kernel.send("console.log('on'); const until = Date.now() + 1500; while (Date.now() < until) {}")
    kernel.wait_for_output(running)
    usage = kernel.reply(kernel.request("usage_request", {}, "control"), "control")
    assert running not in kernel.replies
    rss = int(kernel.run("process.memoryUsage.rss()").value)
    assert 0.5 * rss < usage["kernel_memory"] < 2 * rss
    assert usage["kernel_cpu"] > 0 and usage["cpu_count"] > 0 and usage["host_virtual_memory"]["total"] > rss


def test_what_shows_it_is_installed():
    """The server's part answers, and the page's part is there."""
    from jupyter_resource_usage import _jupyter_server_extension_points

    assert _jupyter_server_extension_points()
    assert (Path(sys.prefix) / "share/jupyter/labextensions/@jupyter-server/resource-usage/package.json").exists()
