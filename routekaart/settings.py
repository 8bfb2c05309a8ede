"""All settings of routekaart, read from the environment once, at start-up.

Without any variable the product runs on one machine: SQLite, an in-memory broker and files in
`var/`. `DATABASE_URL` and `REDIS_URL` switch the same code to PostgreSQL and Redis.
"""

import secrets
from pathlib import Path

from routekaart.env import BadEnvironment, Environment, check_production, database_settings
from routekaart.sign_in_providers import as_apps, providers_of

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment.of_process()

# --- Where things live -------------------------------------------------------------------------
VAR_DIR = env.folder("ROUTEKAART_VAR", BASE_DIR / "var")
STORAGE_DIR = env.folder("ROUTEKAART_STORAGE", VAR_DIR / "files")
# Ids of erased people, kept apart from database and storage: it must outlive a restored backup.
ERASURES_FILE = env.folder("ROUTEKAART_ERASURES", VAR_DIR / "erasures.txt")
# How long the data of somebody who left are kept.
RETENTION_MONTHS = env.whole_number("ROUTEKAART_RETENTION_MONTHS", default=24, minimum=1)
DATABASE_URL = env.text("DATABASE_URL")
REDIS_URL = env.text("REDIS_URL")
# Embedded: one machine, no broker server; the worker looks at the table itself.
EMBEDDED = not REDIS_URL

# --- Safety ------------------------------------------------------------------------------------
PRODUCTION = env.flag("ROUTEKAART_PRODUCTION", default=False)
DEBUG = False


if PRODUCTION:
    # What is read below would fail later and less plainly, or not at all.
    check_production(env)


def _secret_key() -> str:
    """The secret of the environment; on one machine a file that is made at first start."""
    key = env.text("SECRET_KEY")
    if key:
        return key
    file = VAR_DIR / "secret-key"
    try:
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600, exist_ok=True)
        # Two processes may start at once: the first one to write wins for both.
        if not file.read_text(encoding="ascii"):
            file.write_text(secrets.token_urlsafe(50), encoding="ascii")
        return file.read_text(encoding="ascii")
    except OSError as error:
        raise BadEnvironment(
            f"Kan niet schrijven in {VAR_DIR}: kies met ROUTEKAART_VAR een map van jezelf."
        ) from error


SECRET_KEY = _secret_key()
# Former secrets: what was signed with them holds until it expires.
SECRET_KEY_FALLBACKS = list(env.names("SECRET_KEY_FALLBACKS"))
# How many proxies of our own stand in front: what a visitor adds to X-Forwarded-For is not
# believed. In production one, which brings HTTPS.
TRUSTED_PROXIES = env.whole_number("TRUSTED_PROXIES", default=1 if PRODUCTION else 0)
NINJA_NUM_PROXIES = TRUSTED_PROXIES
ALLOWED_HOSTS = list(
    env.names("ALLOWED_HOSTS", () if PRODUCTION else ("127.0.0.1", "localhost", "[::1]"))
)
CSRF_TRUSTED_ORIGINS = list(env.names("CSRF_TRUSTED_ORIGINS"))
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=PRODUCTION)
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Apps --------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # for FORM_RENDERER: our own templates of fields win
    "django_htmx",
    "ninja",  # serves the API documentation from our own static files
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "courses",
    "routekaart",
]
MIDDLEWARE = [
    # Before all others: it answers whatever the name of the site, and without the database.
    "routekaart.web.health.health_first",
    "routekaart.web.requests.numbered",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "routekaart.web.headers.content_security_policy",
    "routekaart.web.body_size.limited_bodies",
    "routekaart.api.middleware.problems_everywhere",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "routekaart.web.answers.ErrorsAsPages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "routekaart.web.second_factor.second_factor_first",
    "routekaart.web.sessions.last_seen",
]
ROOT_URLCONF = "routekaart.urls"
WSGI_APPLICATION = "routekaart.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "routekaart" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "routekaart.web.navigation.navigation",
            ],
            "libraries": {
                name: f"routekaart.web.templatetags.{name}"
                for name in ("routekaart_forms", "routekaart_parts", "routekaart_words")
            },
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CSRF_FAILURE_VIEW = "routekaart.web.views.errors.csrf_failure"

# --- Data --------------------------------------------------------------------------------------
DATABASES = {
    "default": database_settings(DATABASE_URL, default_file=VAR_DIR / "routekaart.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# One object of at most this size comes in with a request; larger bodies are refused with 413.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# A form with files. More than any file may be, so that whoever chose one that is somewhat too large
# reads why beside the field; whatever is larger still is refused unread.
UPLOAD_MAX_SIZE = 12_000_000
# No form has more than two files.
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# --- Sign-in -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "routekaart.Person"
AUTHENTICATION_BACKENDS = [
    "routekaart.web.own_address.OwnAddress",
    # Sessions that began before the first one was there name this one. It checks no password.
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["routekaart.web.hashing.SmallArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "routekaart.web.passwords.LongEnough",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# People are added by their school, nobody signs up alone.
ACCOUNT_ADAPTER = "routekaart.web.accounts.ClosedAccountAdapter"
ACCOUNT_FORMS = {
    "reset_password": "routekaart.web.forms.account.AskForPassword",
    "reset_password_from_key": "routekaart.web.forms.account.ChoosePassword",
    "add_email": "routekaart.web.forms.account.OtherAddress",
    "change_password": "routekaart.web.forms.account.OtherPassword",
    "set_password": "routekaart.web.forms.account.OwnPassword",
    "reauthenticate": "routekaart.web.forms.account.PasswordAgain",
}
# No verified address is asked for at sign-in: a password is only chosen through a link by mail.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# The link came to the person's own mailbox: choosing a password is signing in.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# Seconds: three days, as the mail says.
PASSWORD_RESET_TIMEOUT = 259_200
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
# Another address is another way in: it asks who is there, as the second step does by itself.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Seconds. Who signed in this short ago need not say the password again for a change of security.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# What is counted: wrong passwords and codes per account and per address, letters and questions.
# A whole school may stand behind one address: what goes well does not count.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "5/5m/key",
    "login_address": "20/5m/ip",
    "invitation": "60/m/ip,3/h/key",
    "mailbox_code": "5/15m/key",
    "reset_password": "20/m/ip,3/h/key",
    # What is typed after a session ended, from browsers that have none any more.
    "kept_form": "60/m/ip,300/d/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# Days that an invitation to choose a password holds.
INVITATION_DAYS = env.whole_number("INVITATION_DAYS", default=14, minimum=1)
MFA_ADAPTER = "routekaart.web.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "routekaart.web.forms.account.CodeForm",
    "reauthenticate": "routekaart.web.forms.account.CodeAgainForm",
    "activate_totp": "routekaart.web.forms.account.FirstCodeForm",
}
MFA_TOTP_ISSUER = "Routekaart"
# One step of half a minute to either side, for a phone whose clock is a little off.
MFA_TOTP_TOLERANCE = 1
# Nobody signs up alone, so an address that is not verified yet is still the school's own choice.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_ADAPTER = "routekaart.web.providers.ProviderAdapter"
SIGN_IN_PROVIDERS = providers_of(env)
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": as_apps(SIGN_IN_PROVIDERS)}
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "start"

# --- Mail --------------------------------------------------------------------------------------
# With a server it goes there; without one every message becomes a file to look at.
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
_MAIL_BACKEND = "smtp" if env.text("EMAIL_HOST") else "filebased"
EMAIL_BACKEND = env.text("EMAIL_BACKEND", f"django.core.mail.backends.{_MAIL_BACKEND}.EmailBackend")
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_PORT = env.whole_number("EMAIL_PORT", default=587, minimum=1)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
# Seconds. A mail server that does not answer must not keep a worker.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "routekaart@localhost")
# The right-hand side of every Message-ID, and the address of the product in the text.
MAIL_DOMAIN = env.text("MAIL_DOMAIN", "routekaart")
PUBLIC_ADDRESS = env.text("PUBLIC_ADDRESS")
# Days that a link to a document works (assumption): long enough for a fortnight of holiday.
DOCUMENT_LINK_DAYS = env.whole_number("DOCUMENT_LINK_DAYS", default=14, minimum=1, maximum=365)

# --- Language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# --- Static files ------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "routekaart" / "web" / "static"]
# Names by content and a compressed copy of each file, made by `prepare`: kept forever by browsers.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = False

# --- Jobs --------------------------------------------------------------------------------------
# Seconds. A lease is renewed three times in its length while its job runs, so it may be short: it
# is what the death of a worker costs at most, as the sweep is what a lost wake-up costs.
JOB_LEASE_SECONDS = env.whole_number("JOB_LEASE_SECONDS", default=45, minimum=1)
JOB_SWEEP_SECONDS = 0.5 if EMBEDDED else 5.0
JOB_MAX_ATTEMPTS = env.whole_number("JOB_MAX_ATTEMPTS", default=5, minimum=1)

# --- The API -----------------------------------------------------------------------------------
# Whether a change must name the version that it is made on (If-Match); without it one may.
API_DEMANDS_VERSION = env.flag("API_DEMANDS_VERSION", default=False)

# How many requests a minute, for each token, for each person that reads by the session of the
# pages, and for each address that is nobody yet. 0: no limit.
API_REQUESTS_PER_MINUTE = {
    "token": env.whole_number("API_REQUESTS_PER_TOKEN", default=600),
    "person": env.whole_number("API_REQUESTS_PER_PERSON", default=600),
    "address": env.whole_number("API_REQUESTS_PER_ADDRESS", default=120),
}

# --- Cache -------------------------------------------------------------------------------------
# In the database, which every process shares and without which nobody signs in anyway: what is
# counted against guessing must hold for all processes together, and when Redis is away too.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "routekaart_cacheentry",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- Logs --------------------------------------------------------------------------------------
# In production one JSON object per line, for machines; elsewhere plain lines with whole errors.
LOG_FORMAT = env.one_of("LOG_FORMAT", ("json", "plain"), "json" if PRODUCTION else "plain")
# Nobody by default. Who is named here gets a message about what went wrong, without personal data.
ERROR_MAIL = list(env.names("ERROR_MAIL"))
_HANDLERS = ["console", "error_mail"] if ERROR_MAIL else ["console"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "routekaart.logs.lines.JsonLines"},
        "plain": {"()": "routekaart.logs.lines.PlainLines", "whole_errors": not PRODUCTION},
    },
    "filters": {"story": {"()": "routekaart.logs.lines.Story"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["story"],
        },
        "nowhere": {"class": "logging.NullHandler", "filters": ["story"]},
        "error_mail": {
            "class": "routekaart.logs.error_mail.ErrorMail",
            "level": "ERROR",
            "formatter": "json",
            "filters": ["story"],
        },
    },
    "loggers": {
        # Of these only what goes wrong: at INFO they tell each message and each start.
        **{name: {"level": "WARNING"} for name in ("celery", "kombu", "amqp", "gunicorn.error")},
        # A refused request is an answer, not a fault of ours: it need not fill the screen.
        "django.request": {"level": "ERROR"},
        # Nor may who asks for a site that is not here make an error of it.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        # Puts its lines on a handler of its own.
        "django.server": {"handlers": [], "propagate": True},
    },
    "root": {
        "handlers": _HANDLERS,
        "level": env.text("LOG_LEVEL", "INFO" if PRODUCTION else "WARNING"),
    },
}
