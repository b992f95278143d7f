"""Opening hours for thousands of questions at once: seconds, looked up instead of counted out."""

from datetime import date, timedelta

from recoverydesk.domain.opening_hours import OpeningHours

DAY = 86_400
"""Seconds of a day of UTC."""
_EPOCH = date(1970, 1, 1)
_ONE_DAY = timedelta(days=1)


class OpenClock:
    """How long the shop was open, as a clock that stands still while it is closed.

    It gives what `OpeningHours.open_time_between` gives, in whole seconds: that walks from day to
    day, this looks two days up.
    """

    def __init__(self, hours: OpeningHours, first: date, last: date) -> None:
        """Make the clock.

        Args:
            hours: when the shop is open.
            first: the first day that is asked about.
            last: the last one; both as the shop has them or as UTC has them.
        """
        # A day of UTC touches two of the shop's own, on either side of the world.
        first, last = first - _ONE_DAY, last + _ONE_DAY
        self._first = (first - _EPOCH).days
        days = (last - first).days + 1
        self._before = [0] * (days + 1)
        """Seconds open until a day of UTC begins."""
        self._spans: list[list[tuple[int, int]]] = [[] for _ in range(days)]
        for place in range(-1, days + 1):
            self._add(hours, first + timedelta(days=place))
        for place, spans in enumerate(self._spans):
            self._before[place + 1] = self._before[place] + sum(end - at for at, end in spans)

    def _add(self, hours: OpeningHours, day: date) -> None:
        for opens, closes in hours.open_spans(day):
            at, end = int(opens.timestamp()), int(closes.timestamp())
            while at < end:
                place = at // DAY - self._first
                until = min(end, (at // DAY + 1) * DAY)
                if 0 <= place < len(self._spans):
                    self._spans[place].append((at, until))
                at = until

    def at(self, second: int) -> int:
        """Return what the clock shows at a second of Unix time; outside its days it stands."""
        place = second // DAY - self._first
        if not 0 <= place < len(self._spans):
            return self._before[0 if place < 0 else -1]
        shown = self._before[place]
        for at, end in self._spans[place]:
            if second <= at:
                break
            shown += min(second, end) - at
        return shown

    def between(self, a: int, b: int) -> int:
        """Return the open seconds between two seconds of Unix time; 0 if b is before a."""
        return max(self.at(b) - self.at(a), 0)
