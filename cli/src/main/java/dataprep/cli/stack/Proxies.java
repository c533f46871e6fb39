package dataprep.cli.stack;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A person's proxies, which lead to what lies beyond this machine, and never to what a local AWS serves on it. */
final class Proxies {
    private static final String LOOPBACK = "127.0.0.1,localhost";

    private Proxies() {}

    /** What a process needs besides its `environment`; some programs read the one name of the variable, some the other. */
    static Map<String, String> environment(Map<String, String> environment) {
        var exceptions = Stream.of(environment.get("NO_PROXY"), environment.get("no_proxy"), LOOPBACK)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(","));
        return Map.of("NO_PROXY", exceptions, "no_proxy", exceptions);
    }
}
