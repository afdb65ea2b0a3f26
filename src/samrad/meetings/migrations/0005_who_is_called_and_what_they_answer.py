"""Invitations for calendars: what number they have come to, and what each person has answered."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import samrad.meetings.models.called


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0004_early_readers_follow_the_seats"),
        ("people", "0001_organisations_persons_appointments"),
        ("post", "0003_mail_that_came_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="answers_from",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="meeting",
            name="sequence",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="Called",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=samrad.meetings.models.called.new_token, max_length=32, unique=True
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("none", "none"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("tentative", "tentative"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[("page", "page"), ("link", "link"), ("mail", "mail")],
                        max_length=4,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("reply_written_at", models.DateTimeField(blank=True, null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="called",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="post.message",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={"ordering": ["meeting", "pk"]},
        ),
        migrations.AddConstraint(
            model_name="called",
            constraint=models.UniqueConstraint(
                fields=("meeting", "person"), name="called_once_to_a_meeting"
            ),
        ),
    ]
