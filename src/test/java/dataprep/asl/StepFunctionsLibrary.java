package dataprep.asl;

import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * The functions that Step Functions adds to JSONata.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html">Transforming data</a>
 */
final class StepFunctionsLibrary {

    private static final JsonMapper MAPPER = new JsonMapper();

    private StepFunctionsLibrary() {}

    static void bindTo(Frame frame) {
        frame.bind("partition", new JFunction((self, given) -> partition(list(given, 0), number(given, 1)), "<an:a>"));
        frame.bind(
                "range",
                new JFunction((self, given) -> range(number(given, 0), number(given, 1), number(given, 2)), "<nnn:a>"));
        frame.bind("hash", new JFunction((self, given) -> hash(text(given, 0), text(given, 1)), "<ss:s>"));
        frame.bind("random", new JFunction((self, given) -> random(given).nextDouble(), "<n?:n>"));
        frame.bind("uuid", new JFunction((self, given) -> UUID.randomUUID().toString(), "<:s>"));
        frame.bind("parse", new JFunction((self, given) -> parse(text(given, 0)), "<s:x>"));
    }

    private static List<Object> partition(List<?> list, int size) {
        List<Object> parts = new ArrayList<>();
        for (int from = 0; from < list.size(); from += size) {
            parts.add(new ArrayList<>(list.subList(from, Math.min(from + size, list.size()))));
        }
        return parts;
    }

    private static List<Object> range(int first, int last, int step) {
        List<Object> values = new ArrayList<>();
        for (int value = first; step > 0 ? value <= last : value >= last; value += step) {
            values.add(value);
        }
        return values;
    }

    private static String hash(String text, String algorithm) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    private static Random random(List<?> given) {
        return given.isEmpty() || given.get(0) == null ? new Random() : new Random(number(given, 0));
    }

    private static Object parse(String json) throws JsonProcessingException {
        return Expressions.plain(MAPPER.readTree(json));
    }

    private static List<?> list(List<?> given, int index) {
        return (List<?>) given.get(index);
    }

    private static int number(List<?> given, int index) {
        return ((Number) given.get(index)).intValue();
    }

    private static String text(List<?> given, int index) {
        return (String) given.get(index);
    }
}
