"""The screens of uploads in the admin: send a file, look at what it would change, confirm, look back."""
