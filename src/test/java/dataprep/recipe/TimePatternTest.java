package dataprep.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimePatternTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dd.MM.yyyy",
                "dd.MM.yy",
                "yyyyMMdd",
                "d MMM yyyy",
                "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                "MM/dd/yyyy hh:mm a",
                "yyyy-DDD",
                "dd.MM.yyyy[ HH:mm[:ss]]",
                "[dd.MM.yyyy][yyyy-MM-dd]",
                "'day' dd 'of' MM 'in' yyyy",
                "yyyy-MM-dd kk:mm"
            })
    void aPatternThatParsesCorrectlyIsValid(String pattern) {
        assertTrue(TimeTexts.formatter(pattern).isPresent());
        assertEquals(Optional.empty(), TimePattern.problem("timestamp", pattern, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            dd.mm.yyyy                  | minutes (mm) with hours
            yyyy-mm-dd HH:mm            | each part of a time once
            yyyy-MM-dd HH:MM            | each part of a time once
            dd.MM.yyyy hh:mm            | hh and a together
            dd.MM.yyyy KK:mm            | hh and a together
            dd.MM.yyyy HH:mm a          | hh and a together
            yyyy-MM-DD                  | DD is the day of the year
            dd.MM                       | year (yyyy), month (MM) and day (dd)
            yyyy-dd                     | year (yyyy), month (MM) and day (dd)
            yyyy                        | year (yyyy), month (MM) and day (dd)
            yyyy-MM                     | year (yyyy), month (MM) and day (dd)
            HH:mm                       | year (yyyy), month (MM) and day (dd)
            dd.MM[.yyyy]                | year (yyyy), month (MM) and day (dd)
            [dd.MM.yyyy][ HH:mm]        | year (yyyy), month (MM) and day (dd)
            EEE, dd MMM yyyy            | a pattern without E
            yyyy-MM-dd HH:mm z          | a pattern without z
            YYYY-MM-dd                  | a pattern without Y
            yyyy-'W'ww-e                | a pattern without e, w
            yyyy-MM-dd HH:mm:ss.SSSSSSS | at most six digits of a second
            yyyy-MMMMM-dd               | at most four of M
            yyyy-MM-dd ss               | minutes (mm) with hours
            """)
    void aPatternThatParsesIncorrectlyIsRejected(String pattern, String expected) {
        var problem = TimePattern.problem("timestamp", pattern, false).orElse("none");
        assertTrue(problem.contains(expected), problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yyyy-MM", "MM/yyyy"})
    void aMonthIsADate(String pattern) {
        assertEquals(Optional.empty(), TimePattern.problem("date", pattern, false));
        assertTrue(TimeTexts.isRead(pattern, pattern.startsWith("y") ? "2024-02" : "02/2024"));
    }

    @ParameterizedTest
    @CsvSource({
        "dd.MM.yyyy HH:mm[ XXX], true, false",
        "dd.MM.yyyy HH:mm XXX, true, true",
        "dd.MM.yyyy HH:mm[ XXX], false, true"
    })
    void aZoneExcludesTextsWithTheirOwnZone(String pattern, boolean withZone, boolean sound) {
        assertEquals(sound, TimePattern.problem("timestamp", pattern, withZone).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "dd.MM.yyyy, 29.02.2024, true",
        "dd.MM.yyyy, 29.02.2023, false",
        "dd.MM.yyyy, 2024-02-29, false",
        "d MMM yyyy, 1 feb 2024, true",
        "yyyy-DDD, 2024-060, true",
        "dd.MM.yyyy HH:mm, 01.02.2024 24:00, false"
    })
    void textsAreReadAsSparkReadsThem(String pattern, String text, boolean read) {
        assertEquals(read, TimeTexts.isRead(pattern, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dd.MM.yyyy {", "'", "bb"})
    void anInvalidPatternIsRejected(String pattern) {
        assertFalse(TimeTexts.formatter(pattern).isPresent());
    }
}
