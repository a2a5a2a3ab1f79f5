"""deploy/automations.yaml -> Prefect automations, with the targets that the settings name."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect.blocks.notifications import CustomWebhookNotificationBlock, SlackWebhook
from prefect.client.orchestration import PrefectClient
from prefect.events.schemas.automations import Automation, AutomationCore
from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError

from flows.services.deployments import FOLDER, read_yaml
from flows.services.prefect import PrefectError
from flows.settings import Settings

PREFIX = "rasid: "
WEBHOOK, EMAIL = "rasid-webhook", "rasid-email"
_NOTHING = {"type": "do-nothing"}


class Notice(BaseModel):
    """What those who are told read: Jinja templates over the event."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: str
    body: str


class Alert(BaseModel):
    """One automation of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    description: str
    trigger: dict[str, Any]
    actions: tuple[dict[str, Any], ...] = ()
    notify: Notice | None = None

    def automation(self, targets: Sequence[UUID]) -> AutomationCore:
        """The same in Prefect's terms; it tells each target, by the id of its block."""
        notice = self.notify.model_dump() if self.notify else {}
        told = [
            {"type": "send-notification", "block_document_id": target, **notice} for target in targets if self.notify
        ]
        actions = [*self.actions, *told] or [_NOTHING]
        return AutomationCore.model_validate(
            {"name": self.name, "description": self.description, "trigger": self.trigger, "actions": actions}
        )


def alerts(folder: Path = FOLDER) -> tuple[Alert, ...]:
    """The alerts of the file.

    Raises:
        PrefectError: the file is missing, or is not what it has to be.
    """
    path = folder / "automations.yaml"
    try:
        found = tuple(Alert.model_validate(one) for one in read_yaml(path)["automations"])
        for one in found:
            one.automation(())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise PrefectError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except (KeyError, TypeError):
        raise PrefectError(f"{path}: names no automations") from None
    return found


async def register_alerts(client: PrefectClient, settings: Settings, wanted: Sequence[Alert] | None = None) -> None:
    """Bring the server's automations to what the file says, or to those given; what a person switched off stays off."""
    targets = await _targets(settings)
    standing = await _standing(client)
    for alert in alerts() if wanted is None else wanted:
        made, there = alert.automation(targets), standing.pop(alert.name, None)
        if there is None:
            await client.create_automation(made)
        elif _said(made) != _said(there):
            await client.update_automation(there.id, made.model_copy(update={"enabled": there.enabled}))
    for former in standing.values():
        await client.delete_automation(former.id)


async def alert_differences(client: PrefectClient) -> list[str]:
    """A line for each automation that is not as the file says; whom it tells is the settings' matter."""
    standing = await _standing(client)
    found: list[str] = []
    for alert in alerts():
        there = standing.pop(alert.name, None)
        if there is None:
            found.append(f"automation {alert.name!r}: is not there")
        elif _without_targets(there) != _without_targets(alert.automation(())):
            found.append(f"automation {alert.name!r}: differs from the file")
    return found + [f"automation {name!r}: is not in the file" for name in standing]


async def _standing(client: PrefectClient) -> dict[str, Automation]:
    return {one.name: one for one in await client.read_automations() if one.name.startswith(PREFIX)}


async def _targets(settings: Settings) -> list[UUID]:
    targets: list[UUID] = []
    if settings.alert_webhook is not None:
        webhook = CustomWebhookNotificationBlock(
            name=WEBHOOK,
            url=settings.alert_webhook.get_secret_value(),
            headers=None,
            cookies=None,
            json_data={"text": "{{subject}}\n{{body}}"},  # as chat programs read it
        )
        targets.append(await webhook.asave(WEBHOOK, overwrite=True))
    if settings.alert_email is not None:
        # Prefect's core has no block for plain mail. This one passes any address on to Apprise, mailtos:// among them.
        email = SlackWebhook(url=SecretStr(settings.alert_email.get_secret_value()))
        targets.append(await email.asave(EMAIL, overwrite=True))
    return targets


def _said(automation: AutomationCore) -> dict[str, Any]:
    said: dict[str, Any] = _plain(automation.model_dump(mode="json", include={"description", "trigger", "actions"}))
    return said


def _without_targets(automation: AutomationCore) -> dict[str, Any]:
    said = _said(automation)
    ignored = {"send-notification", _NOTHING["type"]}
    return said | {"actions": [action for action in said["actions"] if action["type"] not in ignored]}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Without ids, which the server gives, and with sets in one order."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items() if name != "id"}
    if isinstance(value, list):
        parts = [_plain(part) for part in value]
        return sorted(parts, key=str) if all(isinstance(part, str) for part in parts) else parts
    return value
