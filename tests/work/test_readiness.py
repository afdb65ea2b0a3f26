"""What machines that watch over the installation are told of the worker."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from samrad.work.worker import Worker

pytestmark = pytest.mark.django_db


def test_readiness_tells_how_long_ago_a_worker_was_alive(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False
    assert client.get("/ready").json()["worker_heartbeat_seconds"] is None
    Worker().turn()

    answer = client.get("/ready").json()
    assert answer["status"] == "ready"
    assert 0 <= answer["worker_heartbeat_seconds"] < 5


def test_metrics_tell_how_the_queue_stands(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False
    settings.METRICS_TOKEN = "a token"
    Worker().turn()
    page = client.get("/metrics", headers={"Authorization": "Bearer a token"}).content.decode()

    assert 'samrad_jobs{state="dead"} 0.0' in page
    assert "samrad_worker_heartbeat_seconds" in page
