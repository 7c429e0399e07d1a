"""Addresses of the pages. Each one has a row in the authorization matrix (tests/marketplace/matrix.py)."""

from __future__ import annotations

from django.urls import path, register_converter

from marketplace.web.views import (
    acts,
    assistance,
    cases,
    dashboard,
    devices,
    hours,
    pictures,
    report,
    room,
    switches,
    timesheets,
    viewer,
    work,
)


class SizeConverter:
    """The two sizes in which a picture is handed out."""

    regex = "full|thumb"

    def to_python(self, value: str) -> str:
        """Return the size as the view takes it."""
        return value

    def to_url(self, value: str) -> str:
        """Return the size as it stands in the address."""
        return value


register_converter(SizeConverter, "size")

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("jobs/<uuid:job_id>/work/", work.work, name="work"),
    path("jobs/<uuid:job_id>/work/changes", work.changes, name="work_changes"),
    path("jobs/<uuid:job_id>/room/", room.room, name="room"),
    path("jobs/<uuid:job_id>/input-counts", switches.input_counts, name="input_counts"),
    path("jobs/<uuid:job_id>/redaction", switches.redaction, name="redaction"),
    path("jobs/<uuid:job_id>/timesheets/", timesheets.timesheets, name="timesheets"),
    path("jobs/<uuid:job_id>/other-hours", hours.add, name="hours_add"),
    path("other-hours/<uuid:entry_id>/", hours.edit, name="hours_edit"),
    path("other-hours/<uuid:entry_id>/delete", hours.delete, name="hours_delete"),
    path("segments/<uuid:segment_id>/", viewer.viewer, name="viewer"),
    path("segments/<uuid:segment_id>/reject", acts.reject, name="reject"),
    path("segments/<uuid:segment_id>/take-back", acts.take_back, name="take_back"),
    path("segments/<uuid:segment_id>/report", report.report, name="report"),
    path("segments/<uuid:segment_id>/answer", assistance.answer, name="answer"),
    path("segments/<uuid:segment_id>/assistance", assistance.ask, name="assistance"),
    path("pictures/<uuid:picture_id>/<size:size>", pictures.picture, name="picture"),
    path("devices/", devices.devices, name="devices"),
    path("devices/<uuid:device_id>/sign-out", devices.sign_out, name="device_sign_out"),
    path("staff/cases/", cases.cases, name="cases"),
    path("staff/cases/<uuid:case_id>/", cases.case, name="case"),
    path("staff/cases/<uuid:case_id>/decide", cases.decide_case, name="decide_case"),
    path("staff/cases/<uuid:case_id>/close", cases.close_case, name="close_case"),
]
