"""The blocks from which an editor builds a framework, chosen from menus."""
