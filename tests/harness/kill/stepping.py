"""A child process that is killed after its n-th system call: ptrace(2), with nothing but the standard library."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys
from collections.abc import Callable

_TRACEME, _SYSCALL, _SETOPTIONS = 0, 24, 0x4200
_TRACESYSGOOD, _EXITKILL = 1, 0x100000


def stop_here() -> None:
    """In the child: what follows is counted."""
    os.kill(os.getpid(), signal.SIGSTOP)


def in_child(act: Callable[[], None]) -> int:
    """Run ``act`` in a fork of this process and end that; returns its process id."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            act()
            status = 0
        except Exception:  # top of the process: the child must never go on with its parent's work
            logging.exception("the child failed")
        finally:
            sys.stderr.flush()
            os._exit(status)
    return pid


def killed_after(calls: int, act: Callable[[], None]) -> bool:
    """Kill a child after that many system calls behind ``stop_here()``; False: it made fewer and ended by itself."""

    def traced() -> None:
        _ptrace(_TRACEME, 0, 0)
        act()

    pid = in_child(traced)
    _, status = os.waitpid(pid, 0)
    if not os.WIFSTOPPED(status):
        raise RuntimeError(f"the child did not come to its beginning: {status}")
    _ptrace(_SETOPTIONS, pid, _TRACESYSGOOD | _EXITKILL)
    # Each call stops the child twice, as it begins and as it ends.
    left = 2 * calls
    while left > 0:
        _ptrace(_SYSCALL, pid, 0)
        _, status = os.waitpid(pid, 0)
        if not os.WIFSTOPPED(status):
            if status != 0:
                raise RuntimeError(f"the child failed: {status}")
            return False
        left -= os.WSTOPSIG(status) == signal.SIGTRAP | 0x80
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return True


def _ptrace(request: int, pid: int, data: int) -> None:
    call = ctypes.CDLL(None, use_errno=True).ptrace
    call.restype = ctypes.c_long
    call.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
    if call(request, pid, None, data) < 0:
        raise OSError(ctypes.get_errno(), "ptrace refused: the kernel or a container forbids it")
