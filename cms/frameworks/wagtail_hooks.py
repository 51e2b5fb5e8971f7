"""Registers the editor of frameworks."""

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from cms.frameworks.models import CriteriaFramework
from cms.frameworks.policy import FrameworkPolicy
from cms.frameworks.viewsets import FrameworkViewSet

# First of all: whatever asks for the policy before it is registered keeps the wrong one.
register_permission_policy(CriteriaFramework, FrameworkPolicy(CriteriaFramework))
register_snippet(FrameworkViewSet)
