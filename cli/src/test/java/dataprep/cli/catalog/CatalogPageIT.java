package dataprep.cli.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.cli.report.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The catalog page in a browser; writes screenshots to target/catalog. */
class CatalogPageIT {
    private static final Path FOLDER = Path.of("target", "catalog");
    private static final Path CONTRAST =
            Path.of("cli", "src", "test", "resources", "dataprep", "cli", "report", "contrast.js");
    private static final int DESKTOP = 1280;
    private static final int PHONE = 390;
    private static final int ENTER = 13;

    @Test
    void anOpenedColumnMarksAllColumnsThatItIsMadeOf() throws Exception {
        try (var browser = open()) {
            browser.evaluate("document.getElementById('customer_value.spent').querySelector('summary').click()");
            browser.evaluate("new Promise(resolve => setTimeout(resolve, 100))");
            assertEquals(
                    List.of("orders.quantity", "products.price", "sales.amount"),
                    marked(browser).stream().sorted().toList());
            browser.look(DESKTOP, false);
            browser.screenshot(FOLDER.resolve("opened.png"));
            browser.evaluate("document.getElementById('customer_value.spent').querySelector('summary').click()");
            browser.evaluate("new Promise(resolve => setTimeout(resolve, 100))");
            assertEquals(List.of(), marked(browser));
            assertNothingIsWrong(browser);
        }
    }

    @Test
    void aColumnIsOpenedByTheKeyboardAlone() throws Exception {
        try (var browser = open()) {
            browser.evaluate("document.getElementById('sales.amount').querySelector('summary').focus()");
            browser.press("Enter", ENTER);
            assertTrue(browser.evaluate("document.getElementById('sales.amount').querySelector('details').open")
                    .asBoolean());
            assertNothingIsWrong(browser);
        }
    }

    @Test
    void thePageFitsAPhoneAndFollowsTheTheme() throws Exception {
        try (var browser = open()) {
            var backgrounds = new ArrayList<String>();
            for (var dark : List.of(false, true)) {
                browser.look(PHONE, dark);
                browser.screenshot(FOLDER.resolve("phone-%s.png".formatted(dark ? "dark" : "light")));
                assertEquals(
                        PHONE,
                        browser.evaluate("document.documentElement.scrollWidth").asInt());
                backgrounds.add(browser.evaluate("getComputedStyle(document.body).backgroundColor")
                        .asText());
            }
            assertEquals(List.of("rgb(251, 251, 250)", "rgb(20, 22, 26)"), backgrounds);
        }
    }

    @Test
    void everyTextStandsOutFromItsBackground() throws Exception {
        try (var browser = open()) {
            browser.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)");
            browser.evaluate("new Promise(resolve => setTimeout(resolve, 100))");
            for (var dark : List.of(false, true)) {
                browser.look(DESKTOP, dark);
                assertEquals("[]", browser.evaluate(Files.readString(CONTRAST)).toString());
            }
        }
    }

    private static Browser open() throws Exception {
        var file = Files.createDirectories(FOLDER).resolve("catalog.html");
        Files.writeString(file, Catalogs.shop());
        return new Browser(file.toAbsolutePath().toUri(), FOLDER);
    }

    private static List<String> marked(Browser browser) throws Exception {
        var ids = new ArrayList<String>();
        browser.evaluate("[...document.querySelectorAll('.related')].map(column => column.id)")
                .forEach(id -> ids.add(id.asText()));
        return ids;
    }

    private static void assertNothingIsWrong(Browser browser) {
        assertEquals(List.of(), browser.complaints());
        assertEquals(1, browser.requests().size(), browser.requests().toString());
    }
}
