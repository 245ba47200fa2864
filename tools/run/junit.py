"""Prints the test cases of a JUnit XML file as JSON: [{name, status, message, details}]."""

import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

# Characters that XML does not allow, such as the escape of a coloured message; some reporters let them through.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_case(case: ElementTree.Element) -> dict[str, str]:
    """One test case; a failure weighs more than a skip."""
    for status, tags in (("failed", ("failure", "error")), ("skipped", ("skipped",))):
        for tag in tags:
            found = case.find(tag)
            if found is not None:
                return describe(case, status, found.get("message", ""), found.text or "")
    return describe(case, "passed", "", "")


def describe(case: ElementTree.Element, status: str, message: str, details: str) -> dict[str, str]:
    return {"name": case.get("name", ""), "status": status, "message": message, "details": details.strip()}


def main(file: str) -> None:
    text = NOT_XML.sub("", Path(file).read_text(encoding="utf-8"))
    print(json.dumps([read_case(case) for case in ElementTree.fromstring(text).iter("testcase")]))


if __name__ == "__main__":
    main(sys.argv[1])
