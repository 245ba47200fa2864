"""Takes the parts that a native addon needs out of Python wheels: `unpack.py WHEELS FOLDER`.

Of the tensorflow wheel that is the C library and the headers, of the nvidia wheels (CUDA) their shared libraries.
zipfile checks each file's own sum as it reads, so a broken archive ends in an error.
"""

import pathlib
import re
import sys
import zipfile

WANTED = re.compile(
    r"tensorflow/libtensorflow_(cc|framework)\.so\.2"
    r"|tensorflow/include/(tensorflow|tsl|xla)/.+"
    r"|nvidia/[^/]+/lib/.+\.so[.0-9]*"
)


def unpack(wheels: pathlib.Path, folder: pathlib.Path) -> int:
    """Unpacks all wheels of a folder into another one and returns how many files that were."""
    count = 0
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            members = [name for name in archive.namelist() if WANTED.fullmatch(name)]
            archive.extractall(folder, members)
            count += len(members)
    return count


if __name__ == "__main__":
    files = unpack(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
    print(f"{files} files")
    sys.exit(0 if files else "no wheel holds a part that is wanted")
