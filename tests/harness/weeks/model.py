"""The naive model of a person's timesheets and money, written from the rules alone.

It imports nothing from worktime, nor does anything that it is made of (``test_model`` looks): only so are two equal
figures a proof. What is due is done when an act comes, before it and after it, as a server that was down would.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from tests.harness.weeks import tally, walked
from tests.harness.weeks.recorded import Recorded, Stretch
from tests.harness.weeks.seconds import HELD, REJECTED, SLOT, TAKEN_OFF, cut
from tests.harness.weeks.things import FOREVER, Charge, Figures, Job, Refused, Sheet, Way, fees


class Model(Recorded):
    """One person's jobs, devices and money. An act that is not allowed raises ``Refused`` and changes nothing."""

    def __init__(self, threshold: int) -> None:
        super().__init__()
        self.threshold = threshold

    def add_job(
        self, number: int, began: int, terms: tuple[int, int], pays: tuple[Way | None, Way | None, bool]
    ) -> None:
        """Add a job: (rate, authorized seconds); default way to pay, backup, and whether the bank declines."""
        week = walked.monday(began)
        self.jobs[number] = Job(number, week, {week: terms}, *pays, week, began)
        self.now = min(self.now or began, began)

    # What is due ----------------------------------------------------------------------------------

    def advance(self, now: int) -> None:
        """Let time pass, then do what is due."""
        for job in self.jobs.values():
            self._mark_not_ready(job, now)
        self.now = now
        self.do_due()

    def _mark_not_ready(self, job: Job, now: int) -> None:
        ways = [way.until for way in (job.default, job.backup) if way is not None and way.until is not None]
        edges = sorted({self.now, now, *(until for until in ways if self.now < until < now)})
        for low, high in pairwise(edges):
            at = low
            while job.why_not_ready(low) and at < high:
                week = walked.monday(at)
                end = min(high, walked.after(week, 7))
                self.away(job.number, week)[at - week : end - week] = b"\1" * (end - at)
                at = end

    def do_due(self) -> None:
        """Do what is due, in the order of its moments, until nothing is."""
        while True:
            due = sorted(
                (moment, job.number, week, sheet.number if sheet else 0)
                for job in self.jobs.values()
                for moment, week, sheet in self._coming(job)
                if moment <= self.now
            )
            if not due:
                return
            _, number, week, sheet_number = due[0]
            job = self.jobs[number]
            if sheet_number:
                self._charge(job, job.sheets[sheet_number - 1])
            elif job.ended is None or week <= walked.monday(job.ended) or self._is_left(job, week):
                self._submit(job, week)
            else:
                job.next_week = walked.after(week, 7)

    def _coming(self, job: Job) -> list[tuple[int, int, Sheet | None]]:
        out: list[tuple[int, int, Sheet | None]] = [(walked.seven(job.next_week), job.next_week, None)]
        if not job.disputed:
            for sheet in job.sheets:
                if sheet.state == "submitted":
                    out.append((sheet.review_end, sheet.week, sheet))
                elif sheet.state == "failed":
                    out.append((sheet.again_at, sheet.week, sheet))
        return out

    def _is_left(self, job: Job, week: int) -> bool:
        if any(job.minus.values()) or any(not entry.sheet for entry in job.others):
            return True
        return any(
            tally.pieces_loose(self, job.number, worked) for number, worked in self.tiles if number == job.number
        )

    # Submission -----------------------------------------------------------------------------------

    def submit(self, job: int, week: int) -> None:
        """Timesheets 1: the freelancer submits early."""
        it = self.jobs[job]
        if week < it.first_week or week > self.now or (it.ended is not None and week > walked.monday(it.ended)):
            raise Refused("bad_week")
        if week < it.next_week:
            raise Refused("already_submitted")
        if week > it.next_week:
            raise Refused("earlier_open")
        self._submit(it, week)

    def _submit(self, job: Job, week: int) -> None:
        """Timesheets 1 to 3: hold what arrived and no timesheet holds, of the week and of those before."""
        end = walked.saturday(week)
        sheet = Sheet(len(job.sheets) + 1, week, end if self.now < end else walked.saturday_from(self.now))
        for number, worked in sorted(self.tiles):
            if number == job.number and worked <= week:
                for slot, device in sorted(self.tiles[number, worked]):
                    self._take(sheet, job.number, slot, device, worked)
        job.sheets.append(sheet)
        for entry in job.others:
            if entry.week <= week and not entry.sheet:
                entry.sheet = sheet.number
                sheet.weeks.add(entry.week)
        sheet.minus, job.minus = job.minus, {}
        sheet.carried, job.carried = job.carried, []
        job.next_week = walked.after(week, 7)

    def _take(self, sheet: Sheet, job: int, slot: int, device: int, worked: int) -> None:
        if not self.segments[job, slot, device].arrived or not self.is_loose(job, slot, device):
            return
        for low, high, values, mine in list(self.counted(job, slot, device, True)):
            if mine and not values[HELD]:
                self.put(job, device, low, high, held=sheet.number)
                sheet.weeks.add(worked)

    # Money ----------------------------------------------------------------------------------------

    def figures(self, job: int, week: int) -> tuple[Sheet | None, Figures]:
        """Return the week's timesheet (None: open) and what it shows."""
        it = self.jobs[job]
        for sheet in it.sheets:
            if sheet.week == week:
                return sheet, sheet.settled or tally.show(self, it, week, sheet)
        return None, tally.show(self, it, week, None)

    def _charge(self, job: Job, sheet: Sheet) -> None:
        """Timesheets 5: what stands, once review is over; or a failed one again."""
        if sheet.settled is None and not self._settle(job, sheet):
            return
        if job.can_pay(self.now):
            self._paid(job, sheet, "automatic")
        else:
            sheet.state, sheet.again_at = "failed", walked.saturday_from(self.now)
            job.payment_failed = True

    def _settle(self, job: Job, sheet: Sheet) -> bool:
        """Fix what a timesheet shows and bills; return whether there is anything to pay."""
        sheet.settled = None
        shown = tally.show(self, job, sheet.week, sheet)
        for worked in sheet.weeks:
            found = tally.allot(self, job, worked, loose=False)
            for piece in found.held[sheet.number]:
                if piece.place:
                    self.put(job.number, piece.device, piece.start, piece.end, billed=1)
            for entry in job.others:
                if entry.week == worked and entry.sheet == sheet.number and not entry.off:
                    entry.placed_s = found.places[entry.number]
        sheet.settled = shown
        if shown.amount < 0:
            job.carried.append((sheet.week, shown.amount))
        if shown.amount <= 0:
            sheet.state = "closed"
        return shown.amount > 0

    def _paid(self, job: Job, sheet: Sheet, kind: str) -> None:
        assert sheet.settled is not None
        was_failed = sheet.state == "failed"
        sheet.state, sheet.again_at = "charged", FOREVER
        self._take_money(job, sheet, kind, sheet.settled.amount, sheet.settled.lines)
        if was_failed and (kind == "hand" or not any(each.state == "failed" for each in job.sheets)):
            job.payment_failed = False

    def _take_money(
        self, job: Job, sheet: Sheet, kind: str, amount: int, lines: list[tuple[str, int, int, int]]
    ) -> None:
        service, processing = fees(amount, job.billed, self.threshold)
        charge = Charge(kind, amount, lines, service, processing)
        job.billed += amount
        sheet.charges.append(charge)
        job.charges.append((sheet.week, charge))

    def _sheet(self, job: Job, week: int) -> Sheet | None:
        return next((sheet for sheet in job.sheets if sheet.week == week), None)

    def pay(self, job: int, week: int, include_above: bool) -> None:
        """Timesheets 5 and 6: by the client's hand; that ends the review."""
        it = self.jobs[job]
        sheet = self._sheet(it, week)
        if it.disputed:
            raise Refused("dispute_open")
        if sheet is None:
            raise Refused("not_submitted")
        if sheet.state in ("charged", "closed"):
            raise Refused("already_charged")
        if sheet.state == "failed" or self._settle(it, sheet):
            self._paid(it, sheet, "hand")
        if include_above and any(tally.rest(self, it, sheet)[0].values()):
            self._pay_rest(it, sheet)

    def pay_above(self, job: int, week: int) -> None:
        """Timesheets 6: what is above the authorized hours, by hand."""
        it = self.jobs[job]
        sheet = self._sheet(it, week)
        if it.disputed:
            raise Refused("dispute_open")
        if sheet is None or sheet.state not in ("charged", "closed"):
            raise Refused("not_charged")
        if any(charge.kind == "above" for charge in sheet.charges):
            raise Refused("above_paid")
        if not any(tally.rest(self, it, sheet)[0].values()):
            raise Refused("nothing_above")
        self._pay_rest(it, sheet)

    def _pay_rest(self, job: Job, sheet: Sheet) -> None:
        seconds, where = tally.rest(self, job, sheet)
        lines = tally.to_lines(job, seconds)
        for start, end, device in where:
            self.put(job.number, device, start, end, billed=2)
        for entry in job.others:
            if entry.sheet == 0 and entry.week == sheet.week:
                entry.sheet = sheet.number
            if entry.sheet == sheet.number and not entry.off:
                entry.above_s = entry.seconds - entry.placed_s
        self._take_money(job, sheet, "above", sum(line[3] for line in lines), lines)

    def refund(self, job: int, week: int, kind: str, amount: int) -> None:
        """Timesheets 10: the service fee returns in proportion, the processing fee does not."""
        charge = next((each for at, each in self.jobs[job].charges if at == week and each.kind == kind), None)
        if charge is None:
            raise Refused("no_charge")
        if not 1 <= amount <= charge.amount - charge.refunded:
            raise Refused("bad_amount")
        charge.refunded += amount
        charge.service_back = round(Fraction(charge.service * charge.refunded, charge.amount))

    # Disputes -------------------------------------------------------------------------------------

    def dispute(self, job: int, week: int, intervals: list[Stretch], others: list[int]) -> None:
        """Timesheets 7: until review ends; payments of the job stop."""
        it = self.jobs[job]
        sheet = self._sheet(it, week)
        if sheet is None:
            raise Refused("not_submitted")
        if sheet.state != "submitted" or self.now >= sheet.review_end:
            raise Refused("review_over")
        if sheet.named is not None:
            raise Refused("dispute_open")
        stands = any(
            entry.number in others and entry.sheet == sheet.number and not entry.off for entry in it.others
        ) or any(True for _ in self._named(it, sheet, intervals, standing=True))
        if not stands:
            raise Refused("nothing_disputed")
        sheet.named = (intervals, others)

    def resolve(self, job: int, week: int, intervals: list[Stretch], others: list[int]) -> None:
        """Timesheets 7: staff take off hours that the dispute named."""
        it = self.jobs[job]
        sheet = self._sheet(it, week)
        if sheet is None or sheet.named is None:
            raise Refused("no_dispute")
        named, named_others = sheet.named
        sheet.named = None
        both = [(max(a, c), min(b, d)) for a, b in named for c, d in intervals if max(a, c) < min(b, d)]
        for low, high, device in list(self._named(it, sheet, both, standing=False)):
            self.put(job, device, low, high, off=1)
        for entry in it.others:
            if entry.number in others and entry.number in named_others and entry.sheet == sheet.number:
                entry.off = True

    def _named(self, job: Job, sheet: Sheet, intervals: list[Stretch], standing: bool) -> list[tuple[int, int, int]]:
        out = []
        for worked in sheet.weeks:
            for slot, device in self.tiles.get((job.number, worked), ()):
                start = slot * SLOT
                inside = bytearray(SLOT)
                for low, high in intervals:
                    low, high = max(low, start), min(high, start + SLOT)
                    if low < high:
                        inside[low - start : high - start] = b"\1" * (high - low)
                if not any(inside):
                    continue
                for low, high, values in self.cells(job.number, slot, device):
                    gone = values[REJECTED] or values[TAKEN_OFF]
                    if values[HELD] == sheet.number and not (standing and gone):
                        out += [
                            (at, until, device)
                            for at, until, (named,) in cut([bytes(inside[low - start : high - start])], low)
                            if named
                        ]
        return out

    # Terms ----------------------------------------------------------------------------------------

    def change_terms(self, job: int, week: int, rate: int, authorized: int) -> None:
        """Timesheets 6: from the next Monday on."""
        it = self.jobs[job]
        if it.ended is not None:
            raise Refused("job_ended")
        if week != walked.after(walked.monday(self.now), 7):
            raise Refused("not_next_week")
        it.terms[week] = (rate, authorized)

    def change_methods(self, job: int, default: Way | None, backup: Way | None, declines: bool) -> None:
        """Ready 1 and 2."""
        it = self.jobs[job]
        it.default, it.backup, it.declines = default, backup, declines

    def end_job(self, job: int) -> None:
        """Timesheets 2: what arrives later goes on a closing timesheet."""
        if self.jobs[job].ended is not None:
            raise Refused("job_ended")
        self.jobs[job].ended = self.now
