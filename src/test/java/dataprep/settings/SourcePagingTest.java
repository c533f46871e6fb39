package dataprep.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.exceptions.RunException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePagingTest {
    private static final String RECIPE = "src/test/resources/watermark.json";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'linkHeader'}",
                "{'type': 'nextLink', 'next': 'links.next', 'records': 'data.items', 'total': 'meta.total'}",
                "{'type': 'cursor', 'records': 'items', 'next': 'meta.cursor', 'parameter': 'after', 'sizeParameter': 'limit', 'size': 100}",
                "{'type': 'page', 'parameter': 'page', 'first': 0, 'maxPages': 5, 'maxMegabytes': 10, 'maxMinutes': 5}",
                "{'type': 'offset', 'parameter': 'skip', 'size': 50}"
            })
    void everyTypeOfPagingIsRead(String paging) {
        assertTrue(sources(paging).get(0).paging() != null);
    }

    @Test
    void boundsHaveDefaults() {
        var paging = sources("{'type': 'linkHeader'}").get(0).paging();
        assertEquals(10_000, paging.maxPages());
        assertEquals(1_024, paging.maxMegabytes());
        assertEquals(60, paging.maxMinutes());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type': 'pages'}                                | type: invalid value 'pages'; must be one of cursor, linkHeader, nextLink, offset, page
            {}                                               | type: is missing
            {'type': 'nextLink'}                             | next: is missing; must be set with type nextLink
            {'type': 'cursor', 'next': 'a'}                  | parameter: is missing; must be set with type cursor
            {'type': 'linkHeader', 'next': 'a'}              | next: invalid value 'a'; must be unset with type linkHeader
            {'type': 'offset', 'parameter': 'o', 'first': 1} | first: invalid value '1'; must be unset with type offset
            {'type': 'linkHeader', 'records': 'a..b'}        | records: invalid value 'a..b'; must be keys joined by dots
            {'type': 'page', 'parameter': 'a b'}             | parameter: invalid value 'a b'; must be the name of a query parameter
            {'type': 'page', 'parameter': 'fixed'}           | parameter: invalid value 'fixed'; must be a parameter that the query of uri does not have
            {'type': 'page', 'parameter': 'p', 'sizeParameter': 'n'} | size: is missing; must be set with sizeParameter
            {'type': 'page', 'parameter': 'p', 'sizeParameter': 'p', 'size': 1} | sizeParameter: invalid value 'p'; must be another
            {'type': 'linkHeader', 'total': 'count'}         | records: is missing; must be set, as a page with next or total is an object
            {'type': 'linkHeader', 'size': 0}                | size: invalid value '0'; must be a whole number from 1
            {'type': 'linkHeader', 'maxPages': 0}            | maxPages: invalid value '0'; must be a whole number from 1
            {'type': 'linkHeader', 'maxMinutes': 120}        | maxMinutes: invalid value '120'; must be at least 1 and less than runTimeoutMinutes (120)
            {'type': 'linkHeader', 'size': 'ten'}            | size: invalid value 'ten'; must be a whole number
            {'type': 'linkHeader', 'pages': 7}               | pages: unknown key; must be one of first, max
            """)
    void invalidPagingIsReportedWithItsPlace(String paging, String expected) {
        assertProblem(source("https://e.org/o?fixed=1", paging, ""), "sources[0].paging." + expected.strip());
    }

    @Test
    void onlyAnHttpsAddressHasPages() {
        assertProblem(
                source("s3://bucket/orders/", "{'type': 'linkHeader'}", ""),
                "sources[0].paging: invalid value 'linkHeader'; must be unset: it is for an https:// address");
    }

    @Test
    void theRecordsOfPagesAreJsonLines() {
        assertProblem(
                Map.of("recipe", "src/test/resources/watermark-of-database.json", "sources", """
                                [{"name": "orders", "uri": "https://e.org/o", "since": "from", "paging": {"type": "linkHeader"}}]"""),
                "$.sources.orders.format.type: invalid value 'parquet'; must be jsonLines");
    }

    @Test
    void anIncrementalSourceIsAPrefixOrGivesOnlyNewRows() {
        var source = source("https://e.org/o", "{'type': 'linkHeader'}", "").get("sources");
        assertProblem(
                Map.of("recipe", RECIPE, "sources", source.replace(", \"since\": \"from\"", "")),
                "sources[0].uri: invalid value 'https://e.org/o'; must be a prefix (s3://bucket/prefix/) or a source with since");
    }

    @Test
    void sinceNeedsPagesOrADatabaseAndAWatermark() {
        assertProblem(
                Map.of(
                        "recipe",
                        RECIPE,
                        "sources",
                        "[{\"name\": \"orders\", \"uri\": \"https://e.org/o\", \"since\": \"a\"}]"),
                "sources[0].since: invalid value 'a'; must be unset: it is for paged APIs and databases");
        assertProblem(
                Map.of(
                        "recipe",
                        "examples/orders/recipe.json",
                        "sources",
                        source("https://e.org/o", "{'type': 'linkHeader'}", "").get("sources")),
                "sources[0].since: invalid value 'from'; must be unset, unless the recipe reads orders incrementally");
    }

    private static java.util.List<Source> sources(String paging) {
        return StackFiles.onlyDataset(StackFiles.settings("dev", source("https://e.org/o", paging, "")))
                .sources();
    }

    private static Map<String, String> source(String uri, String paging, String more) {
        return Map.of(
                "recipe",
                RECIPE,
                "sources",
                "[{\"name\": \"orders\", \"uri\": \"%s\", \"since\": \"from\", \"paging\": %s%s}]"
                        .formatted(uri, paging.strip().replace('\'', '"'), more));
    }

    private static void assertProblem(Map<String, String> changes, String expected) {
        var message = assertThrows(RunException.class, () -> StackFiles.settings("dev", changes))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }
}
