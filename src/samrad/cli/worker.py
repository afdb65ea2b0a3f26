"""`samrad worker`: do the queued work."""

from __future__ import annotations

import argparse

from samrad.cli.ports import check_port


def main(argv: list[str], name: str) -> int:
    """Run a worker; with `--port`, show its metrics on loopback."""
    parser = argparse.ArgumentParser(prog=f"samrad {name}", add_help=False)
    parser.add_argument("--port", type=int)
    options, rest = parser.parse_known_args(argv)

    from samrad.cli.manage import same_name

    if options.port is not None:
        from prometheus_client import start_http_server

        from samrad.cli.server import load_django

        check_port("127.0.0.1", options.port)
        load_django()  # before the first question comes: the figures lie in the database
        start_http_server(options.port, addr="127.0.0.1")
    return same_name(rest, name)
