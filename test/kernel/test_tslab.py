"""The private parts of tslab that the launcher stands on are there, in exactly the version that it was written for."""
import json
import re
import subprocess

from conftest import NODE, ROOT

PROBE = """
import { loadTslab } from "./kernel/tslab.mjs";
const tslab = loadTslab(process.cwd());
const methods = (type) => Object.getOwnPropertyNames(type.prototype);
const converter = tslab.createConverter({ isJS: false, isBrowser: false });
console.log(JSON.stringify({
  versions: tslab.versions,
  converter: Object.keys(converter), exports: Object.keys(tslab.exports),
  server: methods(tslab.ZmqServer), handler: methods(tslab.JupyterHandlerImpl),
  metadata: tslab.getCodeMetadata("/** @module some */"),
}));
process.exit(0);
"""


def test_tslab_is_pinned_to_the_version_that_was_tried():
    wanted = re.search(r'testedVersion = "(.+?)"', (ROOT / "kernel/tslab.mjs").read_text()).group(1)
    manifests = [json.loads((ROOT / path).read_text()) for path in ("package.json", "lib/package.json")]
    pinned = [m.get(kind, {}).get("tslab") for m in manifests for kind in ("dependencies", "devDependencies", "peerDependencies")]
    assert {version for version in pinned if version} == {wanted}
    assert json.loads((ROOT / "node_modules/tslab/package.json").read_text())["version"] == wanted


def test_its_private_members_exist():
    probed = subprocess.run([NODE, "--input-type=module", "-e", PROBE], cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(probed.stdout)
    assert found["versions"]["typescript"] == "5.0.4"
    assert {"convert", "addModule", "inspect", "complete", "close"} <= set(found["converter"])
    assert {"display", "newDisplay"} <= set(found["exports"])
    assert {"init", "bindSocket", "handleShellMessage", "close"} <= set(found["server"])
    assert {"handleKernel", "handleIsComplete", "handleInspect", "handleComplete", "close"} <= set(found["handler"])
    assert found["metadata"] == {"module": "some"}


def test_another_version_is_refused(tmp_path):
    folder = tmp_path / "node_modules" / "tslab"
    folder.mkdir(parents=True)
    (folder / "package.json").write_text('{ "name": "tslab", "version": "1.0.23", "main": "none.js" }')
    (tmp_path / "package.json").write_text("{}")
    code = f'import {{ loadTslab }} from "{ROOT}/kernel/tslab.mjs"; loadTslab({json.dumps(str(tmp_path))});'
    refused = subprocess.run([NODE, "--input-type=module", "-e", code], capture_output=True, text=True)
    assert refused.returncode != 0
    assert "written for tslab 1.0.22, found 1.0.23" in refused.stderr and "npm ci" in refused.stderr
