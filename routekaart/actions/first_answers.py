"""How long the answers to repeated requests are kept."""

from datetime import datetime, timedelta

from routekaart.models import IdempotencyKey

# Retries come within seconds; a day leaves room for an outage.
KEPT = timedelta(hours=24)


def forget_first_answers(*, at: datetime) -> int:
    """Takes away the answers that were kept long enough; gives how many."""
    forgotten, _ = IdempotencyKey.objects.filter(created_at__lt=at - KEPT).delete()
    return forgotten
