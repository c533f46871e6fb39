package dataprep.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The assumptions of sizes.json about the data: input size and throughput. `show` reports a run's own figures, which
 * give better estimates.
 *
 * @param gigabytesPerRun of all sources together, by the name of the size
 * @param gigabytesPerDpuHour the throughput of a Glue DPU
 * @param datasetPerInput the size of the data set divided by the size of the input
 * @param runsKept the number of published runs that are in the bucket
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
