package dataprep.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * AWS's public prices in US dollars, from prices.json: on demand, without free tier or discount.
 *
 * @param glueDpuHour by Glue version and worker group; prices that AWS's page did not show are missing
 * @param monthly the monthly price of one resource, by its Pulumi type
 */
public record Prices(
        String region,
        String date,
        Map<String, Map<String, Double>> glueDpuHour,
        int glueLeastSeconds,
        double lambdaGigabyteSecond,
        double lambdaRequest,
        double stateTransition,
        double storageGigabyteMonth,
        double write,
        double read,
        double logGigabyte,
        Map<String, Double> monthly,
        Map<String, String> sources) {

    private static final String FILE = "prices.json";

    public static Prices current() {
        try (var file = Prices.class.getResourceAsStream(FILE)) {
            return of(new ObjectMapper().readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    private static Prices of(JsonNode file) {
        return new Prices(
                file.required("region").asText(),
                file.required("date").asText(),
                file.requiredAt("/glue/dpuHour").properties().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, version -> numbers(version.getValue()))),
                (int) number(file, "/glue/leastSeconds"),
                number(file, "/lambda/gigabyteSecond"),
                number(file, "/lambda/request"),
                number(file, "/stepFunctions/stateTransition"),
                number(file, "/s3/gigabyteMonth"),
                number(file, "/s3/write"),
                number(file, "/s3/read"),
                number(file, "/logs/gigabyte"),
                numbers(file.requiredAt("/monthly")),
                file.properties().stream()
                        .filter(part -> part.getValue().has("source"))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                part -> part.getValue().path("source").asText(),
                                (one, other) -> one,
                                java.util.LinkedHashMap::new)));
    }

    /** The price of a DPU-hour; empty if prices.json does not have it. */
    public OptionalDouble dpuHour(Workers workers) {
        var price = glueDpuHour.getOrDefault(workers.glueVersion(), Map.of()).get(workers.priced());
        return price == null ? OptionalDouble.empty() : OptionalDouble.of(price);
    }

    private static double number(JsonNode file, String pointer) {
        return file.requiredAt(pointer).doubleValue();
    }

    private static Map<String, Double> numbers(JsonNode object) {
        return object.properties().stream()
                .filter(entry -> entry.getValue().isNumber())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().doubleValue()));
    }
}
