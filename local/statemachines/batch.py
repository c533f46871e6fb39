"""Batch, from whose package moto 5.2.5's interpreter takes one name, and gets all of EC2 with it: half of a start.

To be imported before the interpreter.
"""

from local.moto_seams import leave_unread

leave_unread("moto.batch")
