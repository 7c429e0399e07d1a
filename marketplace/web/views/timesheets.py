"""A job's timesheets, week by week."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from marketplace.billing.selectors import can_charge
from marketplace.foundation import clock
from marketplace.jobs.selectors import role_of
from marketplace.web.sheetdata import sheets_of
from marketplace.web.views.common import asked_job, only_reads, person_page, signed_in
from marketplace.web.zone import viewer_zone


@only_reads
@person_page
def timesheets(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """List the timesheets to either side; fees to the freelancer alone."""
    job = asked_job(request, job_id)
    freelancer = role_of(signed_in(request), job) == "freelancer"
    sheets = sheets_of(job, clock.second(), viewer_zone(request), freelancer=freelancer)
    context = {"job": job, "tab": "timesheets", "sheets": sheets, "can_charge": can_charge()}
    return render(request, "web/timesheets.html", context)
