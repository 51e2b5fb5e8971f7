"""Surveys that editors make of fields: answered once by each link, counted when they are over, without names."""
