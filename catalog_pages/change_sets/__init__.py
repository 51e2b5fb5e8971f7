"""Screens of proposals and change sets, and how a decided set becomes versions."""
