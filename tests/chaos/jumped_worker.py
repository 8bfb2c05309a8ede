"""`python -m tests.chaos.jumped_worker HOURS …`: Celery with a clock that is hours off.

Only the clock that our code reads: Celery's own timers would stand still or race, which is another
fault.
"""

import sys
from datetime import timedelta

from celery.__main__ import main
from django.utils import timezone

_HOURS = timedelta(hours=int(sys.argv.pop(1)))
_real = timezone.now

timezone.now = lambda: _real() + _HOURS
sys.exit(main())
