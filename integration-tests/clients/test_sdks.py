"""The AWS SDKs for JavaScript (version 3) and Java (version 2), in programs as a user writes them.

Both read AWS_REGION, and not the AWS_DEFAULT_REGION of boto3 and the AWS CLI.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from service import ROOT

HERE = Path(__file__).parent
REGION = {"AWS_REGION": "us-east-1"}
MODULES = os.environ.get("LONGSHORE_CLIENTS_JAVASCRIPT")


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.skipif(MODULES is None, reason="needs Node.js 20 or newer with npm")
def test_the_sdk_for_javascript_submits_watches_stops_and_lists(run, tmp_path, name):
    shutil.copy(HERE / "javascript" / "batch.test.mjs", tmp_path)
    (tmp_path / "node_modules").symlink_to(Path(MODULES) / "node_modules")
    done = run.program("node", "--test", "batch.test.mjs", seconds=200, TEST_NAME=name, **REGION)
    assert "fail 0" in done.stdout and "pass 7" in done.stdout, done.stdout


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_the_sdk_for_java_submits_watches_stops_and_lists(run, name):
    """Its libraries are the ones that the build brought for the service itself."""
    jars = (ROOT / "local" / "target" / "dist" / "class-path").read_text().strip()
    program = str(HERE / "programs" / "SdkForJava.java")
    done = run.program(java(), "-cp", jars, program, name, seconds=200, **REGION)
    assert done.stdout.splitlines()[-1] == "all is as documented"


def java() -> str:
    """The program `java` of the JDK that `./longshore` finds."""
    find = f'. "{ROOT}/scripts/find-jdk.sh"; longshore_find_jdk && echo "$JAVA_HOME/bin/java"'
    return subprocess.run(["sh", "-c", find], capture_output=True, text=True).stdout.strip()
