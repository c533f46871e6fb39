package dataprep.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What sizes.json assumes of the data: how much comes in, and how fast it is handled. A run's own figures are told by
 * `show`; put them in place of these to know better.
 *
 * @param gigabytesPerRun of all sources together, by the name of the size
 * @param gigabytesPerDpuHour what a data processing unit of Glue transforms
 * @param datasetPerInput size of what is published by size of what comes in
 * @param runsKept how many published runs lie in the bucket at a time
 */
public record Sizes(
        int runsPerMonth,
        Map<String, Double> gigabytesPerRun,
        double gigabytesPerDpuHour,
        double extractMegabytesPerSecond,
        double datasetPerInput,
        int runsKept,
        double logMegabytesPerRun,
        double objectsPerGigabyte) {

    public static Sizes assumed() {
        try (var file = Sizes.class.getResourceAsStream("sizes.json")) {
            return of(new ObjectMapper().readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read sizes.json", e);
        }
    }

    private static Sizes of(JsonNode file) {
        var sizes = new LinkedHashMap<String, Double>();
        file.required("gigabytesPerRun")
                .properties()
                .forEach(size -> sizes.put(size.getKey(), size.getValue().doubleValue()));
        var assumed = file.required("assumed");
        return new Sizes(
                file.required("runsPerMonth").intValue(),
                sizes,
                assumed.required("gigabytesPerDpuHour").doubleValue(),
                assumed.required("extractMegabytesPerSecond").doubleValue(),
                assumed.required("datasetPerInput").doubleValue(),
                assumed.required("runsKept").intValue(),
                assumed.required("logMegabytesPerRun").doubleValue(),
                assumed.required("objectsPerGigabyte").doubleValue());
    }
}
