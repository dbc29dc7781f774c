# Every target only calls tasks.py; variables given to make (CONTENT=… TODAY=… PERIOD=…) reach it as environment.
# The environment's own Python where there is one already: that saves starting another one first.
PYTHON ?= $(shell test -x .venv/bin/python && echo .venv/bin/python || echo python3)
TARGETS := html clean serve check links fix figures new new-report approve amend import-social import-site photos alert post hooks check-commits publish preview undo history rollback online doctor history-trim photos-gc demo test test-fast soak mutants lint bench bench-photos bench-publish bench-search update-golden lock accessibility

# Refused before anything runs: «make publish DRY_RUN» would publish first and miss a target of that name later.
UNKNOWN := $(filter-out help $(TARGETS),$(MAKECMDGOALS))
$(if $(UNKNOWN),$(error Немає команди: $(UNKNOWN). Усі команди: make help. Налаштування пишуть без пробілів: DRY_RUN=1))

.PHONY: help $(TARGETS)
export
# What was written on make's own command line, but what make itself reads: a misspelt name is refused, not passed over.
HROMADA_GIVEN := $(filter-out PYTHON SHELL,$(foreach name,$(.VARIABLES),$(if $(findstring command,$(origin $(name))),$(name))))
# Make would read «$5» in a person's words as a variable of its own.
override TITLE := $(value TITLE)
override NOTE := $(value NOTE)
override TEXT := $(value TEXT)

help:
	@$(PYTHON) -X utf8 tasks.py --help

$(TARGETS):
	@$(PYTHON) -X utf8 tasks.py $@
