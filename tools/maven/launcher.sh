#!/bin/sh
# Answers two calls of Pulumi's Java host from an earlier build of the program: `packages` and `run`. It hands every
# other call to mvn.
#
# A build is in a folder whose name is a hash of everything that it is made from (sources, resources, pom.xml, this
# folder, the Java that runs it). A folder is complete or absent. So a stale class never runs, whatever the files'
# times, and two previews at once do not interfere. docs/performance.md says what each part saves.
set -eu

builds=target/program
kept=4
tools=${JAVA_HOME:+$JAVA_HOME/bin/}
# a program that runs for seconds gains nothing from the second compiler or from a collector for servers
short='-XX:TieredStopAtLevel=1 -XX:+NeverActAsServerClassMachine'

# prints `packages` or `run` for these two calls of the host, nothing for any other
asked() {
    call=
    for argument in "$@"; do
        case $argument in
            -Dorg.slf4j.simpleLogger.* | --no-transfer-progress | compile) ;;
            -DmainClass=com.pulumi.bootstrap.internal.Main | -DmainArgs=packages) call=packages ;;
            exec:java) call=${call:-run} ;;
            *) return ;;
        esac
    done
    echo "$call"
}

fingerprint() {
    if command -v sha256sum > /dev/null; then sum=sha256sum; else sum='shasum -a 256'; fi
    find -L src/main pom.xml tools/maven "$(command -v "${tools}java")" -type f -exec $sum {} + |
        LC_ALL=C sort | $sum | cut -c 1-32
}

# into an empty folder, since Maven decides by the files' times what to compile
build() {
    mvn --batch-mode --quiet --no-transfer-progress -DbuildFolder="$1/maven" compile dependency:build-classpath \
        -DincludeScope=runtime -Dmdep.outputFile="$1/libraries" >&2
    "${tools}jar" --create --no-compress --file "$1/program.jar" -C "$1/maven/classes" .
    rm -r "$1/maven"
    "${tools}java" -cp "$1/program.jar:$(cat "$1/libraries")" com.pulumi.bootstrap.internal.Main packages \
        > "$1/packages.json"
}

# prints the folder of the build of the present sources; builds it if it is absent
ready_build() {
    for attempt in 1 2 3; do
        sources=$(fingerprint)
        build=$builds/$sources
        [ -d "$build" ] || new_build
        # a source that was edited during the build may or may not be in it
        if [ -d "$build" ]; then
            echo "$build"
            return
        fi
    done
    echo 'the sources were edited during each of three builds: wait, then try again' >&2
    exit 1
}

new_build() {
    work=$(mktemp -d "$builds/new.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    trap 'exit 1' HUP INT TERM
    build "$work"
    # another preview may have finished first
    if [ "$(fingerprint)" = "$sources" ] && ! [ -d "$build" ]; then
        mv "$work" "$build"
        ls -dt "$builds"/[0-9a-f]*/ | tail -n +$((kept + 1)) | xargs rm -rf
    fi
    rm -rf "$work"
}

has_libraries() (
    IFS=:
    for library in $(cat "$1/libraries"); do
        [ -f "$library" ] || exit 1
    done
)

# the first run archives its classes; later runs start from the archive, without loading and verifying them again
run() {
    archive=$1/classes.jsa
    set -- $short -Xlog:disable -Xlog:all=error:stderr -Ddataprep.checks="$1/checks" \
        -cp "$1/program.jar:$(cat "$1/libraries")" dataprep.App
    if [ -f "$archive" ]; then
        exec "${tools}java" -XX:SharedArchiveFile="$archive" "$@"
    fi
    "${tools}java" -XX:ArchiveClassesAtExit="$archive.$$" "$@" || { code=$?; rm -f "$archive.$$"; exit $code; }
    mv "$archive.$$" "$archive"
}

call=$(asked "$@")
# the host calls from the project's folder
if [ -z "$call" ] || ! [ tools/maven/launcher.sh -ef "$0" ] || ! mkdir -p "$builds" 2> /dev/null || ! [ -w "$builds" ]; then
    exec mvn "$@"
fi
build=$(ready_build)
if ! has_libraries "$build"; then
    # Maven fetches the missing file; the archive of classes depends on the file's time
    rm -f "$build/classes.jsa"
    exec mvn "$@"
fi
case $call in
    packages) cat "$build/packages.json" ;;
    run) run "$build" ;;
esac
