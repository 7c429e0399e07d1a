"""Which of the few well-known reasons stopped an installer, from what it printed. Pure."""

from collections.abc import Sequence

NO_SPACE = ("No space left on device", "Errno 28", "not enough free space", "don't have enough free space")
NO_NETWORK = (
    "Temporary failure in name resolution",
    "Temporary failure resolving",
    "Name or service not known",
    "Could not resolve",
    "getaddrinfo failed",
    "nodename nor servname",
    "Failed to establish a new connection",
    "NewConnectionError",
    "Network is unreachable",
    "Unable to connect to",
    "Could not connect to",
    "Connection refused",
    "ConnectTimeoutError",
    "Connection timed out",
    "ProxyError",
)
LOCKED = ("Could not get lock", "Unable to acquire the dpkg frontend lock", "Unable to lock directory")
WRONG_HASH = ("DO NOT MATCH THE HASHES", "Hash Sum mismatch")
TOO_OLD_LIST = ("Unable to locate package", "has no installation candidate")


def explain(output: str, *, what: str, log: str) -> str:
    """One line that names the reason and the remedy; `what` failed and its whole output is in `log`."""
    if _any(NO_SPACE, output):
        return f"No disk space left while {what}: free some and start again."
    if _any(LOCKED, output):
        return f"Another program is installing packages while {what}: wait until it is done and start again."
    if _any(NO_NETWORK, output):
        return f"No network while {what}: the package server can't be reached. Connect and start again."
    if _any(WRONG_HASH, output):
        return f"A download is not the file that was locked, while {what}: nothing of it was used. Details: {log}"
    if _any(TOO_OLD_LIST, output):
        return f"Your package sources lack a package, while {what}. Details: {log}"
    return f"Stopped while {what}: {_last_line(output)} Details: {log}"


def _any(signs: Sequence[str], output: str) -> bool:
    return any(sign in output for sign in signs)


def _last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith(("error", "e:", "fatal"))]
    chosen = (errors or lines or ["it said nothing."])[-1]
    return chosen if chosen.endswith(".") else chosen + "."
