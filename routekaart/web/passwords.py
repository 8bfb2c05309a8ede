"""What a password must be, said in Dutch."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LongEnough(MinimumLengthValidator):
    """Django's own sentence about the length has no translation in this version."""

    def get_error_message(self) -> str:
        """The refusal of a password that is too short."""
        return f"Dit wachtwoord is te kort. Gebruik minstens {self.min_length} tekens."
