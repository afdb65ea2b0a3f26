"""The commands for people who work on Samråd, each in a line.

The commands of the product itself are in samrad.cli.commands. Standard library only, because
`./samrad --help` reads both before anything is installed.
"""

from __future__ import annotations

from samrad.cli.commands import Command

DEVELOPER = (
    Command("test", "run the quick tests; --all: all of them, as CI", "tools.testing"),
    Command("check", "look over style, types, layers, texts and evidence", "tools.checking"),
    Command("prove", "run a campaign of proof and keep its evidence: prove NAME", "tools.proving"),
    Command("bench", "measure how fast something is: bench NAME", "tools.benching"),
)  # fmt: skip
