package dataprep.cli.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CatalogPageTest {
    private static String page;

    @BeforeAll
    static void render() throws Exception {
        page = Catalogs.shop();
    }

    @Test
    void eachDataSetHasASectionAndAPlaceInTheGraph() {
        assertEquals(5, count("<section id="));
        assertEquals(5, count("<a href=\"#[a-z_]+\" class=\"state"));
        assertEquals(5, count("<title>[a-z_]+ reads [a-z_]+</title>"));
    }

    @Test
    void aColumnNamesTheColumnsThatItIsMadeOf() {
        var amount = section("sales").replaceFirst("(?s).*<li id=\"sales.amount\">(.*?)</details>.*", "$1");
        assertTrue(amount.contains("<a href=\"#orders.quantity\" data-column=\"orders.quantity\">orders.quantity</a>"));
        assertTrue(amount.contains("products.price</a> <span class=\"quiet\">transformation</span>"), amount);
        assertFalse(amount.contains("customer"), amount);
    }

    @Test
    void aColumnOfASourceThatIsNoDataSetHasNoLink() {
        var id = section("customers").replaceFirst("(?s).*<li id=\"customers.customer_id\">(.*?)</details>.*", "$1");
        assertTrue(id.contains("<span>customers.id</span>"), id);
    }

    @Test
    void everyLinkLeadsSomewhere() {
        var links = Pattern.compile("href=\"#([^\"]+)\"").matcher(page);
        while (links.find()) {
            assertTrue(page.contains("id=\"%s\"".formatted(links.group(1))), links.group(1));
        }
    }

    @Test
    void theStateOfEachDataSetIsShown() {
        assertTrue(
                section("customers").contains("1,234 rows, published at 2026-01-01T00:01:00Z by run run-of-customers"));
        assertTrue(section("products").contains("<td class=\"bad\">failed</td>"));
        assertTrue(section("customer_value").contains("Nothing has been published yet."));
        assertTrue(section("customers").contains("Read by</dt><dd><a href=\"#customer_value\">"));
    }

    @Test
    void rulesAreShownWithTheirSeverity() {
        assertTrue(section("sales").contains("rowCount min 1 <span class=\"quiet\">fail run</span>"), section("sales"));
        assertTrue(section("sales").contains("<span class=\"quiet\">warn</span>"));
    }

    @Test
    void descriptionsAndOwnersAreShown() {
        assertTrue(section("orders").contains("<p class=\"lead\">The orders of the shop.</p>"), section("orders"));
        assertTrue(section("orders").contains("Owner</dt><dd>shop team"));
        assertTrue(section("sales").contains("<span class=\"description\">The price of all pieces in euros.</span>"));
    }

    @Test
    void dataStayText() {
        assertFalse(page.contains("<p>.csv"));
        assertTrue(page.contains("&lt;p&gt;.csv"));
    }

    private static long count(String pattern) {
        return Pattern.compile(pattern).matcher(page).results().count();
    }

    private static String section(String name) {
        var start = page.indexOf("<section id=\"%s\"".formatted(name));
        return page.substring(start, page.indexOf("</section>", start));
    }
}
