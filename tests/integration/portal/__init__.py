"""Those who keep the portal, and what they may."""
