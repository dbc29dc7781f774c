# Every target only calls tasks.py; variables given to make (CONTENT=… TODAY=… PERIOD=…) reach it as environment.
# The environment's own Python where there is one already: that saves starting another one first.
PYTHON ?= $(shell test -x .venv/bin/python && echo .venv/bin/python || echo python3)
TARGETS := html serve check fix figures new new-report approve amend import-social import-site hooks publish demo test lint bench update-golden lock

.PHONY: help $(TARGETS)
export
# Make would read «$5» in a person's words as a variable of its own.
override TITLE := $(value TITLE)
override NOTE := $(value NOTE)

help:
	@$(PYTHON) -X utf8 tasks.py --help

$(TARGETS):
	@$(PYTHON) -X utf8 tasks.py $@
