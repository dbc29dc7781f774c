# Every target only calls tasks.py; variables given to make (CONTENT=… TODAY=… PERIOD=…) reach it as environment.
PYTHON ?= python3
TARGETS := html serve check figures new-report approve amend publish demo test lint bench update-golden lock

.PHONY: help $(TARGETS)
export

help:
	@$(PYTHON) tasks.py --help

$(TARGETS):
	@$(PYTHON) tasks.py $@
