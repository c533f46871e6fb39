package dataprep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The expected result of the shipped recipe for the sample data, computed without Spark and without the recipe's code.
 */
final class ExpectedRows {
    private static final Path SAMPLES = Path.of("samples");
    private static final List<String> WEATHER = List.of("temp", "wind_speed", "precip", "visib");

    private ExpectedRows() {}

    static TreeSet<String> published() throws IOException {
        var airlines =
                rows("airlines.csv").stream().collect(Collectors.toMap(r -> r.get("carrier"), r -> r.get("name")));
        Map<List<String>, Map<String, String>> weather = new HashMap<>();
        rows("weather.csv").forEach(row -> weather.put(List.of(row.get("origin"), row.get("time_hour")), row));
        return rows("flights.csv").stream()
                .filter(flight -> !flight.get("tailnum").equals("NA"))
                .map(flight -> row(
                        flight,
                        airlines.get(flight.get("carrier")),
                        weather.getOrDefault(List.of(flight.get("origin"), flight.get("time_hour")), Map.of())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The row numbers of the quarantined flights; the first line below the header is 1. */
    static List<Integer> quarantined() throws IOException {
        var flights = rows("flights.csv");
        return IntStream.rangeClosed(1, flights.size())
                .filter(number -> flights.get(number - 1).get("tailnum").equals("NA"))
                .boxed()
                .toList();
    }

    private static String row(Map<String, String> flight, String airline, Map<String, String> weather) {
        var own = Stream.of(
                        "time_hour",
                        "carrier",
                        "flight",
                        "tailnum",
                        "origin",
                        "dest",
                        "dep_delay",
                        "arr_delay",
                        "air_time",
                        "distance")
                .map(column -> known(flight.get(column)));
        var measured = WEATHER.stream()
                .map(column -> known(weather.getOrDefault(column, "NA")))
                .map(text -> text.isEmpty() ? "" : String.valueOf(Double.parseDouble(text)));
        var cancelled = flight.get("dep_delay").equals("NA");
        var late = flight.get("arr_delay");
        var delayed = !late.equals("NA") && Integer.parseInt(late) >= 15;
        var derived = Stream.of(String.valueOf(cancelled), String.valueOf(delayed));
        return Stream.of(own, Stream.of(airline), measured, derived)
                .flatMap(part -> part)
                .collect(Collectors.joining(","));
    }

    private static String known(String text) {
        return text.equals("NA") ? "" : text;
    }

    private static List<Map<String, String>> rows(String file) throws IOException {
        var lines = Files.readAllLines(SAMPLES.resolve(file));
        var columns = lines.get(0).split(",");
        return lines.stream()
                .skip(1)
                .map(line -> {
                    var values = Arrays.asList(line.split(",", -1));
                    var row = new HashMap<String, String>();
                    for (int i = 0; i < columns.length; i++) {
                        row.put(columns[i], values.get(i));
                    }
                    return (Map<String, String>) row;
                })
                .toList();
    }
}
