"""Results in, a page for people outside Jupyter out."""

from segkit.report.check import check_page
from segkit.report.page import ReportSummary, render_report

__all__ = ["ReportSummary", "check_page", "render_report"]
