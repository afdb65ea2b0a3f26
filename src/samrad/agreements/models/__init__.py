"""Drafts of agreements, who signs them and what is said of them."""

from samrad.agreements.models.commitments import FollowedBefore, Following, PromiseEvaluated
from samrad.agreements.models.life import (
    ClauseComment,
    Draft,
    DraftClause,
    DraftQuerySet,
    Evaluation,
    Party,
    Signature,
)
from samrad.agreements.models.templates import TemplateClause, TemplateVersion, template_areas
from samrad.agreements.models.wordings import Wording

__all__ = [
    "ClauseComment",
    "Draft",
    "DraftClause",
    "DraftQuerySet",
    "Evaluation",
    "FollowedBefore",
    "Following",
    "Party",
    "PromiseEvaluated",
    "Signature",
    "TemplateClause",
    "TemplateVersion",
    "Wording",
    "template_areas",
]
