package dataprep.settings;

import dataprep.recipe.Recipe;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks the parts of a source that depend on its kind and on the recipe.
 *
 * @param key of the source in the settings
 */
record SourceCheck(String key, Source source, Optional<Recipe> recipe, SettingsReader reader) {

    void check(int runTimeoutMinutes) {
        checkAuth();
        checkPaging(runTimeoutMinutes);
        checkDatabase();
        checkSince();
        recipe.flatMap(Recipe::incrementalSource)
                .filter(name -> name.equals(source.name()) && !source.isPrefix() && !source.isSince())
                .ifPresent(name -> reader.refuse(
                        key + ".uri",
                        source.uri(),
                        ("a prefix (s3://bucket/prefix/) or a source with since, because the recipe reads %s"
                                        + " incrementally")
                                .formatted(name)));
    }

    private void checkAuth() {
        if (source.auth() != null && !source.isHttps() && !source.isDatabase()) {
            reader.refuse(key + ".auth", source.auth().type(), "unset: it is for an https:// or jdbc: address");
        } else if (source.auth() != null) {
            source.auth().check(key + ".auth", reader);
        }
        if (source.isDatabase()
                && (source.auth() == null
                        || !SourceAuth.BASIC.equals(source.auth().type()))) {
            reader.refuse(
                    key + ".auth.type",
                    source.auth() == null ? "" : source.auth().type(),
                    "basic for a database, with a secret of username and password");
        }
    }

    private void checkPaging(int runTimeoutMinutes) {
        if (source.paging() == null) {
            return;
        }
        if (!source.isHttps()) {
            reader.refuse(key + ".paging", source.paging().type(), "unset: it is for an https:// address");
            return;
        }
        source.paging().check(key + ".paging", reader, runTimeoutMinutes);
        checkFormat("jsonLines", "the format in which the records of pages are stored");
        source.query()
                .filter(query -> query.matches("(.*&)?%s=.*".formatted(Pattern.quote(parameter()))))
                .ifPresent(query -> reader.refuse(
                        key + ".paging.parameter", parameter(), "a parameter that the query of uri does not have"));
    }

    private String parameter() {
        return String.valueOf(source.paging().parameter());
    }

    private void checkDatabase() {
        if (source.database() != null && !source.isDatabase()) {
            reader.refuse(key + ".database", source.uri(), "unset: it is for a jdbc: address");
        } else if (source.isDatabase() && source.database() == null) {
            reader.refuse(key + ".database", "", "an object with either table or query");
        } else if (source.isDatabase()) {
            source.database().check(key + ".database", reader);
            checkFormat("parquet", "the format in which the rows of a database are stored");
        }
    }

    private void checkFormat(String needed, String why) {
        recipe.flatMap(found -> found.formatOf(source.name()))
                .filter(type -> !type.equals(needed))
                .ifPresent(type ->
                        reader.addProblem("recipe %s: $.sources.%s.format.type: invalid value '%s'; must be %s, %s"
                                .formatted(recipe.orElseThrow().file(), source.name(), type, needed, why)));
    }

    private void checkSince() {
        if (!source.isSince()) {
            return;
        }
        if (source.paging() == null && !source.isDatabase()) {
            reader.refuse(key + ".since", source.since(), "unset: it is for paged APIs and databases");
        } else if (source.since().isBlank() || source.since().length() > 128) {
            reader.refuse(key + ".since", source.since(), "a query parameter or a column, of at most 128 characters");
        }
        recipe.filter(found -> found.watermark().isEmpty()
                        || !found.incrementalSource().equals(Optional.of(source.name())))
                .ifPresent(found -> reader.refuse(
                        key + ".since",
                        source.since(),
                        "unset, unless the recipe reads %s incrementally by a watermark".formatted(source.name())));
    }
}
