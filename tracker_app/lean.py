"""Libraries that are loaded without what they ask for and nothing here needs.

typing_extensions, which msgspec asks first for what Python's own typing has, takes 0.5 MB; what describes types as a
schema 0.13 MB, as does how Python was built, of which zoneinfo asks where the system keeps its zones. They are away
only while these two are loaded, and msgspec's own names for them stay empty: ``msgspec.inspect`` has to be imported by
whoever wants it, and ``msgspec.json.schema`` is for other processes.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
import sysconfig
from types import ModuleType

log = logging.getLogger(__name__)

_ZONES = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")
"""Where systems keep them, in Python's own order. What is not there comes from the package tzdata."""


def load() -> None:
    """Load them; what is loaded already stays as it is."""
    _load_msgspec()
    _load_zoneinfo()


def _load_msgspec() -> None:
    described = ModuleType("msgspec._json_schema")
    vars(described).update(schema=None, schema_components=None)
    # None stands for a module that there is not.
    away = {"typing_extensions": None, "msgspec.inspect": ModuleType("msgspec.inspect"), described.__name__: described}
    if away.keys() & sys.modules.keys():
        return
    sys.modules.update(away)  # type: ignore[arg-type]
    try:
        importlib.import_module("msgspec")
    except (ImportError, AttributeError, TypeError) as error:
        # Another msgspec, which does more with these: whoever imports it gets it whole.
        log.info("msgspec is loaded whole: %s", error)
        sys.modules.pop("msgspec", None)
    finally:
        for name in away:
            sys.modules.pop(name, None)


def _load_zoneinfo() -> None:
    if sys.platform == "win32" or "zoneinfo" in sys.modules:
        return
    asked = vars(sysconfig)
    built = asked["get_config_var"]
    asked["get_config_var"] = lambda name: os.pathsep.join(_ZONES) if name == "TZPATH" else built(name)
    try:
        importlib.import_module("zoneinfo")
    finally:
        asked["get_config_var"] = built
