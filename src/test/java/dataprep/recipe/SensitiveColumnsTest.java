package dataprep.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensitiveColumnsTest {
    private static final String RECIPE = """
            {
              "name": "people",
              "sources": {
                "people": {
                  "format": {"type": "csv"},
                  "columns": [
                    {"name": "id", "type": "long"},
                    {"name": "name", "type": "string", "sensitive": "mask"},
                    {"name": "mail", "type": "string", "sensitive": "hash"},
                    {"name": "born", "type": "date", "sensitive": "drop"}
                  ]
                },
                "cities": {"format": {"type": "parquet"}, "columns": [{"name": "mail", "type": "string"}]}
              },
              "dataset": {"from": "people", "steps": [%s]}%s
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void aDroppedColumnIsNotInTheDataSet() throws Exception {
        var recipe = Recipe.read(file(RECIPE.formatted("", "")));
        assertEquals(
                List.of("id", "name", "mail"),
                recipe.columns().stream().map(Column::name).toList());
        assertEquals(Set.of("people"), recipe.sensitiveSources());
        assertEquals(true, recipe.hashes());
    }

    @Test
    void aRecipeWithoutSensitiveColumnsNeedsNoKey() throws Exception {
        var recipe = Recipe.read(
                file(RECIPE.replaceAll(", \"sensitive\": \"\\w+\"", "").formatted("", "")));
        assertEquals(Set.of(), recipe.sensitiveSources());
        assertEquals(false, recipe.hashes());
    }

    @Test
    void aDroppedColumnIsUnknownToStepsRulesAndKeys() {
        var columns = "a column: id, mail, name";
        assertProblems(
                RECIPE.replace("\"from\": \"people\"", "\"from\": \"people\", \"incremental\": {\"key\": [\"born\"]}")
                        .formatted(
                                "{\"filter\": \"born > '2000-01-01'\"}, {\"dedupe\": {\"by\": [\"born\"]}}",
                                ", \"quality\": [{\"completeness\": {\"column\": \"born\"}}]"),
                "$.dataset.steps[0].filter: invalid value 'born'; must be " + columns,
                "$.dataset.steps[1].dedupe.by: invalid value 'born'; must be " + columns,
                "$.dataset.incremental.key: invalid value 'born'; must be " + columns,
                "$.quality[0].completeness.column: invalid value 'born'; must be " + columns);
    }

    @Test
    void onlyStringsAreMaskedOrHashed() {
        var sources = "$.sources.people.columns";
        assertProblems(
                RECIPE.replace("\"drop\"", "\"hash\"")
                        .replace("\"long\"", "\"long\", \"sensitive\": \"mask\"")
                        .formatted("", ""),
                sources + "[0].sensitive: invalid value 'mask'; must be drop, or a column of type string, not long",
                sources + "[3].sensitive: invalid value 'hash'; must be drop, or a column of type string, not date");
    }

    @Test
    void aMaskedColumnIsNoKey() {
        var rule = "invalid value 'name'; must be a column that is not masked, as all its values become equal";
        assertProblems(
                RECIPE.replace("\"from\": \"people\"", "\"from\": \"people\", \"incremental\": {\"key\": [\"name\"]}")
                        .formatted(
                                "{\"dedupe\": {\"by\": [\"name\"]}},"
                                        + " {\"join\": {\"source\": \"cities\", \"on\": {\"name\": \"mail\"}}}",
                                ", \"quality\": [{\"uniqueness\": {\"columns\": [\"name\"]}}]"),
                "$.dataset.steps[0].dedupe.by: " + rule,
                "$.dataset.steps[1].join.on: " + rule,
                "$.dataset.incremental.key: " + rule,
                "$.quality[0].uniqueness.columns: " + rule);
    }

    @Test
    void noOtherColumnHasTheValueOfASensitiveColumn() {
        var columns = """
                [{"name": "mail", "from": "person.mail", "type": "string", "sensitive": "hash"},
                 {"name": "domain", "from": "person.mail", "type": "string"},
                 {"name": "person", "type": "string"},
                 {"name": "part", "from": "person.mail.host", "type": "string"},
                 {"name": "other", "from": "person.mailbox", "type": "string"}]""";
        var rule = "; must be sensitive, too, or a value without that of the sensitive column mail";
        assertProblems(
                RECIPE.replace("[{\"name\": \"mail\", \"type\": \"string\"}]", columns)
                        .formatted("", ""),
                "$.sources.cities.columns[1].from: invalid value 'person.mail'" + rule,
                "$.sources.cities.columns[2].from: invalid value 'person'" + rule,
                "$.sources.cities.columns[3].from: invalid value 'person.mail.host'" + rule);
    }

    @Test
    void newColumnsOfASensitiveSourceAreNotPublished() {
        assertProblems(
                RECIPE.formatted("", ", \"drift\": {\"new\": \"evolve\"}"),
                "$.drift.new: invalid value 'evolve'; must be ignore, warn or fail:"
                        + " it would publish a sensitive column that got another name");
    }

    private void assertProblems(String recipe, String... wanted) {
        var error = assertThrows(RecipeException.class, () -> Recipe.read(file(recipe)));
        assertEquals(
                List.of(wanted),
                error.problems().stream()
                        .map(problem -> problem.substring(problem.indexOf("$.")))
                        .toList());
    }

    private Path file(String recipe) throws IOException {
        return Files.writeString(folder.resolve("recipe.json"), recipe);
    }
}
