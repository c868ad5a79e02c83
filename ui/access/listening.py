"""Where the page listens, and who may enter: only this machine, or whoever knows a password."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
from dataclasses import dataclass, field
from pathlib import Path

from assistant import PolicyAssistantError

PASSWORD_VARIABLE = "POLICY_ASSISTANT_PASSWORD"
LOOPBACK = "127.0.0.1"
_SHORTEST = 12  # characters of a password


@dataclass(frozen=True, slots=True)
class Door:
    """The address that the page listens on; every request must bring the `password`, if any.

    Raises PolicyAssistantError for a host that is not an address, for one that other machines can
    reach without a password, and for a password that is too short.
    """

    host: str = LOOPBACK
    password: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[\w.:%-]+", self.host, re.ASCII):
            raise PolicyAssistantError(
                f"{self.host!r} is not an address to listen on: give one such as 192.168.1.5"
            )
        if not self.is_local and not self.password:
            raise PolicyAssistantError(
                f"other machines can reach {self.host!r}, so the page needs a password there: put "
                f"one into ${PASSWORD_VARIABLE}, or into a file named by --password-file"
            )
        if self.password and len(self.password) < _SHORTEST:
            raise PolicyAssistantError(
                f"the password has {len(self.password)} characters: use one of at least {_SHORTEST}"
            )

    @classmethod
    def of(cls, host: str | None, password_file: Path | None) -> Door:
        """The door that the command line and the environment describe. Also raises OSError."""
        if password_file:
            try:
                password = password_file.read_text(encoding="utf-8").strip()
            except UnicodeDecodeError as error:
                raise PolicyAssistantError(
                    f"{str(password_file)!r} is not UTF-8 text: write the password into it as UTF-8"
                ) from error
            if not password:
                raise PolicyAssistantError(
                    f"{str(password_file)!r} is empty: write the password into it"
                )
        else:
            password = os.environ.get(PASSWORD_VARIABLE, "")
            if any(
                "\ud800" <= letter <= "\udfff" for letter in password
            ):  # bytes that are not text
                raise PolicyAssistantError(
                    f"the password in ${PASSWORD_VARIABLE} is not UTF-8 text: give one in UTF-8"
                )
        return cls((host or LOOPBACK).removeprefix("[").removesuffix("]"), password)

    @property
    def is_local(self) -> bool:
        """Whether only programs on this machine reach it."""
        address = _address(self.host)
        return address.is_loopback if address else self.host == "localhost"

    @property
    def bound(self) -> str:
        """The host as a web address has it."""
        return f"[{self.host}]" if ":" in self.host else self.host

    def answers_to(self, name: str | None) -> bool:
        """Whether a request that names this host is meant for the page.

        A page elsewhere can have its own name lead here (DNS rebinding), but not a number.
        """
        if name is None:
            return False
        if name in {self.host.lower(), LOOPBACK, "localhost"}:
            return True
        here = socket.gethostname().lower()
        return not self.is_local and (_address(name) is not None or name in {here, f"{here}.local"})


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
