"""Which routes of Wagtail and allauth stay closed, by name."""

# Log-in forms that ask for no second factor and count no attempts; django-allauth's is the only one.
OTHER_LOGINS = frozenset({"wagtailadmin_login", "wagtailcore_login"})

# Accounts come from administrators, and so do new passwords: an e-mail address proves nobody here.
CLOSED = frozenset(
    {
        "account_signup",
        "account_email",
        "account_email_verification_sent",
        "account_confirm_email",
        "account_confirm_login_code",
        "account_set_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        # The identity provider names officers who are there; nobody signs up or links another identity by themselves.
        "socialaccount_signup",
        "socialaccount_connections",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_complete",
        # Fails on purpose, to try error pages; ours are tried by tests.
        "wagtailadmin_error_test",
    }
)
