"""From the settings to the way that requests go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countersign.device.settings import Proxy
from countersign.push.errors import InputError
from countersign.push.route import Route, checked_proxy

if TYPE_CHECKING:
    from countersign.device.settings import Settings


def route_of(settings: Settings) -> Route:
    """Return the way that the settings name.

    A manual proxy whose address is empty or makes no sense, as in a file that was edited by hand,
    counts as the system's: without any, requests would go where the user meant them not to.
    """
    proxy = None
    if settings.proxy is Proxy.NONE:
        proxy = ""
    elif settings.proxy is Proxy.MANUAL:
        try:
            proxy = checked_proxy(settings.proxy_url)
        except InputError:
            proxy = None
    return Route(proxy, settings.ca_file)
