"""Confirmed call-offs of several members, passed on to one supplier as one order."""
