package dataprep.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The job's tests read the same lists. */
class SqlExpressionTest {
    private static final Set<String> COLUMNS = Set.of("id", "text", "amount", "day", "items");

    @Test
    void everyHostileExpressionIsRefused() throws IOException {
        var hostile = lines("hostile_expressions.txt");
        assertTrue(hostile.size() >= 150, hostile.size() + " expressions");
        assertEquals(
                List.of(),
                hostile.stream().filter(text -> problems(text).isEmpty()).toList());
    }

    @Test
    void everyExpressionThatStaysWithinItsRowIsTaken() throws IOException {
        var refused = lines("allowed_expressions.txt").stream()
                .collect(Collectors.toMap(text -> text, SqlExpressionTest::problems));
        refused.values().removeIf(List::isEmpty);
        assertEquals("{}", refused.toString());
    }

    @Test
    void everyFunctionOfTheListIsTaken() {
        var operators = Set.of("between", "in", "when");
        var refused = AllowedFunctions.NAMES.stream()
                .filter(name -> !operators.contains(name))
                .filter(name ->
                        !problems(name + "(id)").stream().allMatch(problem -> problem.contains("SQL expression")))
                .toList();
        assertEquals(List.of(), refused);
    }

    @Test
    void aLambdaParameterIsNotAColumnOutsideItsFunction() {
        assertEquals(List.of("x"), problems("exists(array(id), x -> x > 1) or x"));
        assertEquals(List.of(), problems("exists(array(id), x -> exists(array(x), id -> id = x))"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            to_date(text, 'dd.mm.yyyy')            | minutes (mm) with hours
            to_timestamp(text, 'dd.MM.yyyy hh:mm') | hh and a together
            Try_To_Timestamp(text, 'HH:mm')        | year (yyyy), month (MM) and day (dd)
            date_format(day, 'yyyy-mm-dd')         | minutes (mm) with hours
            """)
    void aPatternThatParsesOrFormatsIncorrectlyIsRejected(String text, String expected) {
        assertTrue(problems(text).toString().contains(expected), problems(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to_date(text, 'dd.MM.yyyy')",
                "date_format(day, 'MM/yyyy')",
                "date_format(day, 'EEE')",
                "to_date(text, items)",
                "to_date(text)"
            })
    void aCorrectPatternIsAccepted(String text) {
        assertEquals(List.of(), problems(text));
    }

    private static List<String> problems(String text) {
        var expression = SqlExpression.parse(text);
        var problems = new ArrayList<>(expression.problems());
        expression.columns().stream().filter(name -> !COLUMNS.contains(name)).forEach(problems::add);
        return problems;
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(Path.of("glue-scripts", "tests", file)).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }
}
