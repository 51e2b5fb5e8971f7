"""Wrong and odd files, each made by code, with what has to become of it. ``everything.FILES`` holds them all."""
