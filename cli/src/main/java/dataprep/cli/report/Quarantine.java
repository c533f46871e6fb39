package dataprep.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The quarantined rows of a run, up to a limit.
 *
 * @param complete whether these are all quarantined rows
 */
public record Quarantine(List<JsonNode> rows, boolean complete) {
    public static final Quarantine NONE = new Quarantine(List.of(), true);

    private static final int MOST_ROWS = 1_000;
    /** The limit of a report that a phone can open. */
    private static final int MOST_CHARACTERS = 600_000;
    /** The characters that are read of one line; rows can be arbitrarily long. */
    private static final int MOST_OF_A_ROW = 20_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Collects rows from files of JSON lines, until there are enough. */
    static final class Collector {
        private final List<JsonNode> rows = new ArrayList<>();
        private long characters;
        private boolean complete = true;

        /** @return whether there is room for more */
        boolean add(BufferedReader lines) throws IOException {
            for (var line = readLine(lines); line != null; line = readLine(lines)) {
                characters += line.length();
                if (rows.size() == MOST_ROWS || characters > MOST_CHARACTERS) {
                    complete = false;
                    return false;
                }
                rows.add(parsed(line));
            }
            return true;
        }

        Quarantine collected() {
            return new Quarantine(rows, complete);
        }

        /** The next line, or its beginning; null at the end. */
        private static String readLine(BufferedReader lines) throws IOException {
            var line = new StringBuilder();
            int character = lines.read();
            if (character < 0) {
                return null;
            }
            for (; character >= 0 && character != '\n'; character = lines.read()) {
                if (line.length() < MOST_OF_A_ROW) {
                    line.append((char) character);
                }
            }
            return line.toString();
        }

        /** A truncated line is shown unchanged, with the fields before the cut. */
        private static JsonNode parsed(String line) throws IOException {
            var row = JsonNodeFactory.instance.objectNode();
            try (var parser = JSON.createParser(line)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    var name = parser.currentName();
                    parser.nextToken();
                    row.set(name, JSON.readTree(parser));
                }
                return row;
            } catch (JsonProcessingException e) {
                return row.put("raw", line);
            }
        }
    }
}
