"""What the life of agreements keeps."""

from samrad.agreements.models.commitments import Following

__all__ = ["Following"]
