package dataprep.cli.stack;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The user's proxies, which must not be used for the local AWS. */
final class Proxies {
    private static final String LOOPBACK = "127.0.0.1,localhost";

    private Proxies() {}

    /** The additional environment variables of a process; programs differ in the case of the variable's name. */
    static Map<String, String> environment(Map<String, String> environment) {
        var exceptions = Stream.of(environment.get("NO_PROXY"), environment.get("no_proxy"), LOOPBACK)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(","));
        return Map.of("NO_PROXY", exceptions, "no_proxy", exceptions);
    }
}
