package dataprep.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How an https API returns its records in pages. Fields that are not set are null, except the limits, which have
 * defaults.
 *
 * @param type linkHeader, nextLink, cursor, page or offset
 * @param records the path of the array of records in a page; without it, the page is the array
 * @param next the path of the next page's address or cursor
 * @param parameter the query parameter of the cursor, the page's number or the offset
 * @param first the number of the first page, 1 by default
 * @param sizeParameter the query parameter of the page size
 * @param size the number of records of a full page
 * @param total the path of the number of all records
 * @param maxPages limits an extraction, as do maxMegabytes and maxMinutes: a longer one fails
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourcePaging(
        @JsonProperty("type") String type,
        @JsonProperty("records") String records,
        @JsonProperty("next") String next,
        @JsonProperty("parameter") String parameter,
        @JsonProperty("first") Integer first,
        @JsonProperty("sizeParameter") String sizeParameter,
        @JsonProperty("size") Integer size,
        @JsonProperty("total") String total,
        @JsonProperty("maxPages") Integer maxPages,
        @JsonProperty("maxMegabytes") Integer maxMegabytes,
        @JsonProperty("maxMinutes") Integer maxMinutes) {
    private static final SortedMap<String, KeysOfType> TYPES = new TreeMap<>(Map.of(
            "linkHeader",
            new KeysOfType(Set.of(), Set.of()),
            "nextLink",
            new KeysOfType(Set.of("next"), Set.of()),
            "cursor",
            new KeysOfType(Set.of("next", "parameter"), Set.of()),
            "page",
            new KeysOfType(Set.of("parameter"), Set.of("first")),
            "offset",
            new KeysOfType(Set.of("parameter"), Set.of())));

    private static final int MOST_PAGES = 100_000;
    private static final int MOST_MEGABYTES = 100 * 1024;
    private static final int MOST_RECORDS = 100_000;
    private static final Pattern PATH = Pattern.compile("[^.\\s]+(\\.[^.\\s]+){0,9}");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_.\\[\\]$-]{1,64}");

    public SourcePaging {
        maxPages = maxPages == null ? 10_000 : maxPages;
        maxMegabytes = maxMegabytes == null ? 1_024 : maxMegabytes;
        maxMinutes = maxMinutes == null ? 60 : maxMinutes;
    }

    /**
     * @param place of the paging in the settings
     */
    void check(String place, SettingsReader reader, int runTimeoutMinutes) {
        KeysOfType.check(reader, place, type, TYPES, given());
        checkPath(place + ".records", records, reader);
        checkPath(place + ".next", next, reader);
        checkPath(place + ".total", total, reader);
        checkParameter(place + ".parameter", parameter, reader);
        checkParameter(place + ".sizeParameter", sizeParameter, reader);
        if (records == null && (next != null || total != null)) {
            reader.refuse(place + ".records", "", "set, as a page with next or total is an object");
        }
        if (sizeParameter != null && size == null) {
            reader.refuse(place + ".size", "", "set with sizeParameter");
        }
        if (sizeParameter != null && sizeParameter.equals(parameter)) {
            reader.refuse(place + ".sizeParameter", sizeParameter, "another query parameter than parameter");
        }
        reader.refuseOutside(place + ".size", size, 1, MOST_RECORDS);
        reader.refuseOutside(place + ".first", first, 0, MOST_PAGES);
        reader.refuseOutside(place + ".maxPages", maxPages, 1, MOST_PAGES);
        reader.refuseOutside(place + ".maxMegabytes", maxMegabytes, 1, MOST_MEGABYTES);
        if (maxMinutes < 1 || maxMinutes >= runTimeoutMinutes) {
            reader.refuse(
                    place + ".maxMinutes",
                    maxMinutes,
                    "at least 1 and less than runTimeoutMinutes (%d)".formatted(runTimeoutMinutes));
        }
    }

    /** The keys that depend on the type, without those that are not set. */
    private Map<String, Object> given() {
        var given = new LinkedHashMap<String, Object>();
        given.put("next", next);
        given.put("parameter", parameter);
        given.put("first", first);
        given.values().removeIf(value -> value == null || "".equals(value));
        return given;
    }

    private static void checkPath(String key, String path, SettingsReader reader) {
        if (path != null && !PATH.matcher(path).matches()) {
            reader.refuse(key, path, "keys joined by dots, such as data.items");
        }
    }

    private static void checkParameter(String key, String name, SettingsReader reader) {
        if (name != null && !PARAMETER.matcher(name).matches()) {
            reader.refuse(key, name, "the name of a query parameter");
        }
    }
}
