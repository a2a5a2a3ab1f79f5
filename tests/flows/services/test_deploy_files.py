"""The files in deploy/: each is what its reader wants, and starts what there is."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.cli.deploy._models import PrefectYamlModel

from flows.cli.app import COMMANDS, run
from flows.services import prefect
from flows.services.alerts import PREFIX, alerts
from flows.services.deployments import FOLDER, deployments, read_deployments
from flows.services.prefect import PrefectError
from flows.settings import Settings, variable

BIN = Path(sys.executable).parent
UNITS = sorted((FOLDER / "systemd").glob("*"))
MANIFESTS = sorted((FOLDER / "kubernetes").glob("*.yaml"))
SERVER = {
    name: value
    for name, value in prefect._ALWAYS.items()
    if name.startswith("PREFECT_SERVER_") and "LOGGING" not in name
}


def _compose() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))["services"]
    return services


def _containers() -> Iterator[dict[str, Any]]:
    for path in MANIFESTS:
        for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            pod = document.get("spec", {}).get("template", {}).get("spec", {})
            yield from [*pod.get("initContainers", []), *pod.get("containers", [])]


def _commands() -> set[tuple[str, ...]]:
    """Every command line of ours that a file in deploy/ starts."""
    found = {tuple(service["command"]) for service in _compose().values() if "command" in service}
    found |= {tuple(container["command"]) for container in _containers()}
    for unit in UNITS:
        for line in re.findall(r"^ExecStart=(.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE):
            program, *arguments = shlex.split(line)
            assert Path(program).parent == Path("/opt/rasid/.venv/bin")
            found.add((Path(program).name, *arguments))
    return found


def test_deployments_run_flows_with_parameters_that_they_take() -> None:
    """What the file starts exists, takes what the file gives it, and explains each parameter to whoever starts it."""
    for deployment in deployments(Settings()):
        schema = deployment.flow().validate_parameters(deployment.parameters)
        assert set(deployment.parameters) == set(schema), deployment.name
    ingest = next(one for one in deployments(Settings(poll_interval=60)) if one.name == "ingest")
    assert ingest.schedules[0].interval == 60


def test_file_is_prefects_own_too() -> None:
    """`prefect deploy --prefect-file deploy/prefect.yaml --all` reads the same file."""
    told = yaml.safe_load((FOLDER / "prefect.yaml").read_text(encoding="utf-8"))
    assert len(PrefectYamlModel.model_validate(told).deployments) == len(told["deployments"])


def test_wrong_file_is_told_with_where_and_why(tmp_path: Path) -> None:
    """A slip of the pen in the file is one line at deploy time, not a schedule that never runs."""
    (tmp_path / "prefect.yaml").write_text("deployments: [{name: ingest}]", encoding="utf-8")
    with pytest.raises(PrefectError, match="description: Field required"):
        read_deployments(tmp_path / "prefect.yaml")


def test_every_alert_has_its_section_in_the_runbook() -> None:
    """Whoever is woken finds what it means and what to do under the alert's own name."""
    runbook = (FOLDER / "runbook.md").read_text(encoding="utf-8")
    for alert in alerts():
        title = alert.name.removeprefix(PREFIX).capitalize()
        assert f"\n## {title}\n" in runbook
        assert f"runbook.md, {title}" in alert.description


def test_readme_lists_the_deployments() -> None:
    """What runs is told to whoever runs it."""
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [one.name for one in deployments(Settings()) if f"\n| `{one.name}` |" not in readme] == []


def test_commands_that_the_files_start_exist(capfd: pytest.CaptureFixture[str]) -> None:
    """No unit, service or pod is to fail on a command that was renamed: every option is one that the command knows."""
    commands = _commands()
    assert len(commands) >= 7
    helps: dict[tuple[str, ...], str] = {}
    for program, *words in sorted(commands):
        path = (program, *[word for word in words if not word.startswith("-")][: 2 if program == "prefect" else 1])
        if path not in helps:
            helps[path] = _help(path, capfd)
        assert [word for word in words if word.startswith("--") and word not in helps[path]] == [], path


def _help(path: tuple[str, ...], capfd: pytest.CaptureFixture[str]) -> str:
    if path[0] == "rasid":
        assert path[1] in COMMANDS
        assert run([path[1], "--help"]) == 0
        return capfd.readouterr().out
    assert path[0] == "prefect"
    command = [sys.executable, "-m", *path, "--help"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd's own checker is not here")
def test_units_are_what_systemd_wants(tmp_path: Path) -> None:
    """Systemd finds nothing to complain of in the units, as they are but for the folder of the programs."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/rasid/.venv/bin", str(BIN))
        (tmp_path / unit.name).write_text(re.sub(r"^(User|Group)=.*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *sorted(map(str, tmp_path.iterdir()))]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    complaints = [line for line in checked.stderr.splitlines() if "rasid" in line]
    assert (complaints, checked.returncode) == ([], 0)


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not here")
def test_manifests_are_what_kustomize_wants() -> None:
    """The manifests come out as one list, each of a kind that a cluster knows."""
    command = ["kubectl", "kustomize", str(FOLDER / "kubernetes")]
    built = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    kinds = [document["kind"] for document in yaml.safe_load_all(built)]
    assert sorted(kinds) == ["ConfigMap", "Deployment", "Job", "Namespace", "Service", "StatefulSet"]


def test_every_server_keeps_what_ours_keeps() -> None:
    """Leases that survive a restart and metadata that stays small: set wherever a Prefect server is started."""
    compose = {name: str(value) for name, value in _compose()["server"]["environment"].items()}
    pods = next(one for one in _containers() if one["name"] == "server")["env"]
    unit = (FOLDER / "systemd" / "rasid-server.service").read_text(encoding="utf-8")
    told = dict(
        pair.split("=", 1) for line in re.findall(r"^Environment=(.+)$", unit, re.MULTILINE) for pair in line.split()
    )
    for environment in (compose, {one["name"]: one.get("value") for one in pods}, told):
        assert {name: environment.get(name) for name in SERVER} == SERVER


def test_every_worker_is_told_what_ours_is_told() -> None:
    """Signs of life as often as the alert counts on, events in the run's log: set wherever runs are carried out."""
    wanted = prefect.FLOWS | prefect.JSON_LINES
    for path in (FOLDER / "Dockerfile", FOLDER / "systemd" / "rasid-worker.service"):
        told = dict(re.findall(r"\b(PREFECT_[A-Z_]+)=(\S+)", path.read_text(encoding="utf-8")))
        assert {name: told.get(name) for name in wanted} == wanted, path.name
    zombie = next(one for one in alerts() if one.name == f"{PREFIX}zombie run")
    assert zombie.trigger["within"] == 5 * int(prefect.FLOWS["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"])


def test_settings_that_the_files_give_exist() -> None:
    """A variable that was renamed must not be given in vain."""
    known = {variable(name) for name in Settings.model_fields} | {"RASID_PASSWORD"}
    for path in [
        *UNITS,
        *MANIFESTS,
        FOLDER / "compose.yaml",
        FOLDER / "example.env",
        FOLDER / "Dockerfile",
        FOLDER / "README.md",
    ]:
        named = set(re.findall(r"\bRASID_[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8"))) - {"RASID_KEEP"}
        assert named <= known, path.name


def test_image_runs_as_nobody_in_particular() -> None:
    """The image names a user by number, which is what a cluster checks, and a health check."""
    dockerfile = (FOLDER / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER 10001$", dockerfile, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK .*rasid", dockerfile, re.MULTILINE)
    copied = re.findall(r"^COPY (\w[\w.]*)(?: | .* )", dockerfile, re.MULTILINE)
    ignored = (FOLDER.parent / ".dockerignore").read_text(encoding="utf-8")
    assert [name for name in copied if f"!{name}\n" not in ignored] == []
