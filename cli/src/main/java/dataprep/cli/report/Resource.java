package dataprep.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files on the class path: this package's own, and those of the libraries that the report holds. */
public final class Resource {
    private Resource() {}

    /**
     * @param file such as {@code report/report.css}
     */
    public static String text(String file) {
        return read("/dataprep/cli/" + file);
    }

    static JsonNode json(String file) {
        try {
            return new ObjectMapper().readTree(text(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /** The file of a WebJar, independent of its version. */
    static String webJar(String name) {
        var pom = "/META-INF/maven/org.webjars.npm/%s/pom.properties".formatted(name);
        var version = read(pom)
                .lines()
                .filter(line -> line.startsWith("version="))
                .findFirst()
                .orElseThrow()
                .substring("version=".length());
        return read("/META-INF/resources/webjars/%s/%s/dist/%s.min.js".formatted(name, version, name));
    }

    private static String read(String path) {
        try (var file = Resource.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
