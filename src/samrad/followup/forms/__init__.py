"""What is filled in about decisions and tasks."""

from samrad.followup.forms.reports import CloseForm, ReportForm

__all__ = ["CloseForm", "ReportForm"]
